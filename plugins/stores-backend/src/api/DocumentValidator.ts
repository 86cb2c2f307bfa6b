import { findStoreNameProblem } from '@storeyard/backstage-plugin-stores-common';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import {
  documentComponents,
  documentOperations,
  type DocumentOperation,
  type DocumentSchema,
} from './OpenApiDocument';
import { describeProblems } from './describeProblems';

/** A part of a request that has a schema. */
export type RequestPart = 'body' | 'query' | 'header';

/** Checks what is sent and answered against the document. */
export class DocumentValidator {
  static create(): DocumentValidator {
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      strictTypes: false,
      strictRequired: false,
    });
    ajv.addVocabulary([
      'components',
      'operations',
      'x-message',
      'x-extensible-enum',
    ]);
    ajv.addFormat('store-name', {
      type: 'string',
      validate: name => findStoreNameProblem(name) === undefined,
    });
    ajv.addSchema({
      $id: 'document',
      components: documentComponents,
      operations: Object.fromEntries(
        documentOperations.map(operation => [
          operation.id,
          operationSchemas(operation),
        ]),
      ),
    });
    return new DocumentValidator(ajv);
  }

  private constructor(private readonly ajv: Ajv) {}

  /** What is wrong with a part of a request: each field once, unknown ones too. */
  findProblems(id: string, part: RequestPart, value: unknown): string[] {
    return this.problems(`${id}/${part}`, value, part);
  }

  /** What is wrong with an answer; for tests. */
  findAnswerProblems(id: string, status: number, value: unknown): string[] {
    const operation = documentOperations.find(each => each.id === id);
    const key = operation?.answers.has(`${status}`) ? `${status}` : 'default';
    return this.problems(`${id}/answers/${key}`, value, 'answer');
  }

  private problems(schema: string, value: unknown, whole: string): string[] {
    const validate: ValidateFunction | undefined = this.ajv.getSchema(
      `document#/operations/${schema}`,
    );
    if (validate === undefined) {
      throw new Error(`the document has no schema '${schema}'`);
    }
    return validate(value)
      ? []
      : describeProblems(validate.errors ?? [], whole);
  }
}

function operationSchemas(operation: DocumentOperation): object {
  return {
    // A call without a body may be sent an empty one.
    body: operation.body ?? { type: 'object', additionalProperties: false },
    query: parametersSchema(operation, 'query', false),
    header: parametersSchema(operation, 'header', true),
    answers: Object.fromEntries(operation.answers),
  };
}

function parametersSchema(
  { parameters }: DocumentOperation,
  place: 'query' | 'header',
  others: boolean,
): DocumentSchema {
  const placed = parameters.filter(parameter => parameter.in === place);
  return {
    type: 'object',
    additionalProperties: others,
    required: placed.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(
      placed.map(({ name, schema }) => [name, schema]),
    ),
  };
}
