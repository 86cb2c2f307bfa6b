import { setTimeout as sleep } from 'node:timers/promises';
import { ForwardedError } from '@backstage/errors';

/** @throws Error that says what was found against what was expected */
export function expectSame<Value>(
  what: string,
  found: Value,
  expected: Value,
): void {
  if (found !== expected) {
    throw new Error(`${what} is '${found}', expected '${expected}'`);
  }
}

/** @throws Error that names what lacks */
export function expectAll(
  what: string,
  found: readonly string[],
  expected: readonly string[],
): void {
  const lacking = expected.filter(each => !found.includes(each));
  if (lacking.length > 0) {
    throw new Error(
      `${what} lacks '${lacking.join("', '")}', found '${found.join("', '")}'`,
    );
  }
}

/** Options of {@link eventually}. */
export interface EventuallyOptions {
  what: string;
  seconds: number;
  signal: AbortSignal;
  everyMilliseconds?: number;
}

/**
 * Tries until it succeeds.
 *
 * @throws ForwardedError with the last failure once the time is over
 */
export async function eventually<Result>(
  options: EventuallyOptions,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { what, seconds, signal, everyMilliseconds = 500 } = options;
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (Date.now() >= deadline) {
        throw new ForwardedError(`${what} within ${seconds} s`, error);
      }
    }
    await sleep(everyMilliseconds, undefined, { signal });
  }
}
