import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** Of PostgreSQL: it shuts down or starts, a connection broke, there are too many of them. */
const postgresOutage = /^(57P0[123]|08[0-9A-Z]{3}|53300)$/;

const lostConnection = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/** Whether the database could not be asked, as opposed to a refusal of what it was asked. */
export function isDatabaseOutage(error: unknown): boolean {
  if (!isError(error)) {
    return false;
  }
  const code = typeof error.code === 'string' ? error.code : '';
  return (
    error.name === 'KnexTimeoutError' ||
    postgresOutage.test(code) ||
    lostConnection.includes(code) ||
    /^(Connection terminated|Unable to acquire a connection)/.test(
      error.message,
    )
  );
}

/** Answers 503 while the database is away: nothing is wrong with the request, and it may be sent again. */
export function answerOutages(): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    next(
      isDatabaseOutage(error)
        ? new ServiceUnavailableError('The database does not answer', error)
        : error,
    );
  };
}
