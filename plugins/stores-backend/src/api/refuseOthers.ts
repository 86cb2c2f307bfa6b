import { CustomErrorBase, NotFoundError } from '@backstage/errors';
import type { RequestHandler } from 'express';

class MethodNotAllowedError extends CustomErrorBase {
  override name = 'MethodNotAllowedError' as const;
  readonly statusCode = 405;
}

/** Answers the methods that a path doesn't have, so that they reach no other path that would match as well. */
export function refuseOtherMethods(methods: string[]): RequestHandler {
  const allowed = methods
    .flatMap(method => (method === 'get' ? ['GET', 'HEAD'] : method))
    .map(method => method.toUpperCase())
    .join(', ');
  return (request, response) => {
    response.set('Allow', allowed);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new MethodNotAllowedError(
      `'${request.method}' is no method of '${request.path}', expected one of ${allowed}`,
    );
  };
}

/** Answers the paths that the document doesn't have. */
export function refuseOtherPaths(): RequestHandler {
  return (request, _response, next) => {
    // Backstage's own, such as '/.well-known/backstage/permissions'.
    if (request.path.startsWith('/.')) {
      next();
      return;
    }
    throw new NotFoundError(
      `there is no '${request.path}', see '${request.baseUrl}/openapi.json' for what there is`,
    );
  };
}
