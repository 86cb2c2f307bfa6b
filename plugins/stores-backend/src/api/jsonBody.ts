import { CustomErrorBase } from '@backstage/errors';
import { json, type RequestHandler } from 'express';

/** The largest body that a request may have, in bytes. */
export const maximumBodyBytes = 64 * 1024;

class UnsupportedMediaTypeError extends CustomErrorBase {
  override name = 'UnsupportedMediaTypeError' as const;
  readonly statusCode = 415;
}

/** Reads JSON bodies, and refuses those that say that they are something else. */
export function jsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      const type = request.headers['content-type'];
      const hasBody =
        request.headers['transfer-encoding'] !== undefined ||
        Number(request.headers['content-length'] ?? 0) > 0;
      if (hasBody && !request.is('application/json')) {
        throw new UnsupportedMediaTypeError(
          `Content-Type is '${type ?? ''}', expected 'application/json'`,
        );
      }
      next();
    },
    json({ limit: maximumBodyBytes }),
  ];
}
