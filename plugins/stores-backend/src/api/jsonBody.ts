import { CustomErrorBase, InputError } from '@backstage/errors';
import {
  json,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';

/** The largest body that a request may have, in bytes. */
const maximumBodyBytes = 64 * 1024;

class UnsupportedMediaTypeError extends CustomErrorBase {
  override name = 'UnsupportedMediaTypeError' as const;
  readonly statusCode = 415;
}

class PayloadTooLargeError extends CustomErrorBase {
  override name = 'PayloadTooLargeError' as const;
  readonly statusCode = 413;
}

/** How much of a deep path an error names. */
const namedDepth = 10;

const parse = json({ limit: maximumBodyBytes });

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
    (request: Request, response: Response, next: NextFunction) =>
      parse(request, response, (error?: unknown) =>
        error === undefined ? next() : next(explain(error)),
      ),
    (request, _response, next) => {
      const field = findBrokenText(request.body);
      if (field !== undefined) {
        throw new InputError(`${field}: has half of a surrogate pair`);
      }
      next();
    },
  ];
}

/** The first field whose text is valid JSON, and none that a database keeps. Bodies may be nested deep: no recursion. */
function findBrokenText(body: unknown): string | undefined {
  const values: [string[], unknown][] = [[[], body]];
  for (const [path, value] of values) {
    if (typeof value === 'string' && /\p{Cs}/u.test(value)) {
      return path.join('.');
    }
    if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        values.push([[...path.slice(0, namedDepth - 1), key], child]);
      }
    }
  }
  return undefined;
}

/** The parser's errors as they are answered: in its words, so that naming it as the cause would say all twice. */
function explain(error: unknown): Error {
  const status =
    typeof error === 'object' && error !== null && 'status' in error
      ? error.status
      : undefined;
  const words = error instanceof Error ? error.message : String(error);
  switch (status) {
    case 413:
      return new PayloadTooLargeError(
        `body: must not be larger than ${maximumBodyBytes} bytes`,
      );
    case 415:
      return new UnsupportedMediaTypeError(`body: ${words}`);
    case 400:
      return new InputError(`body: can't be read as JSON: ${words}`);
    default:
      return error instanceof Error ? error : new Error(words);
  }
}
