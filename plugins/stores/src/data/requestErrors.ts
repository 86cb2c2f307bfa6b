import { ResponseError } from '@backstage/errors';

/** The HTTP status that an error stands for; undefined when nothing answered. */
export function statusOf(error: Error | undefined): number | undefined {
  return error instanceof ResponseError ? error.response.status : undefined;
}

/** The backend's own words, without the HTTP around them and without a full stop. */
export function wordsOf(error: Error): string {
  const words =
    error instanceof ResponseError ? error.cause.message : error.message;
  return words.replace(/\.\s*$/, '');
}

/** How long the backend wants to be left alone, in milliseconds; undefined when it doesn't say. */
export function retryAfterOf(
  error: Error | undefined,
  now: number,
): number | undefined {
  if (!(error instanceof ResponseError)) {
    return undefined;
  }
  const header = error.response.headers.get('Retry-After');
  if (header === null || header.trim() === '') {
    return undefined;
  }
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds)
    ? Date.parse(header) - now
    : seconds * 1_000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** An error that is surely one, whatever was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
