import type { RequestHandler } from 'express';
import { DocumentValidator } from '../api/DocumentValidator';
import { documentOperations } from '../api/OpenApiDocument';

/** Holds every answer of a test against the OpenAPI document. */
export class AnswerCheck {
  static create(): AnswerCheck {
    return new AnswerCheck();
  }

  readonly problems: string[] = [];
  private readonly validator = DocumentValidator.create();

  private constructor() {}

  middleware(): RequestHandler {
    return (request, response, next) => {
      const { method, path } = request;
      const operation = documentOperations.find(
        each =>
          each.method.toUpperCase() === method &&
          toPattern(each.path).test(path),
      );
      const send = response.json.bind(response);
      response.json = body => {
        if (operation !== undefined) {
          const sent: unknown = JSON.parse(JSON.stringify(body));
          this.problems.push(
            ...this.validator
              .findAnswerProblems(operation.id, response.statusCode, sent)
              .map(
                problem =>
                  `${method} ${path} ${response.statusCode}: ${problem}`,
              ),
          );
        }
        return send(body);
      };
      next();
    };
  }
}

function toPattern(path: string): RegExp {
  return new RegExp(
    `^${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`,
  );
}
