import { ForwardedError, ResponseError } from '@backstage/errors';

/** Runs a request; when it is refused, the error says what was asked for and the plugin's own words. */
export async function explainRefusal<T>(
  what: string,
  request: () => Promise<T>,
): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw ResponseError.is(error)
      ? new ForwardedError(`${what} was refused`, error.cause)
      : error;
  }
}
