import { setTimeout } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';

/** Options of {@link until}. */
export interface UntilOptions {
  /** Deadline. */
  seconds: number;
  /** What is waited for, as in "waited 10 s for …". */
  what: string;
  signal?: AbortSignal;
  /** Between two looks. Default: 50. */
  milliseconds?: number;
  /** Said at the deadline: what was found last. */
  found?: () => string;
}

/**
 * Waits for a condition that nothing announces.
 *
 * @throws ServiceUnavailableError at the deadline
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  options: UntilOptions,
): Promise<void> {
  const { seconds, what, signal, milliseconds = 50, found } = options;
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) {
      const last = found?.();
      throw new ServiceUnavailableError(
        `waited ${seconds} s for ${what}${last ? `: ${last}` : ''}`,
      );
    }
    await setTimeout(milliseconds, undefined, { signal });
  }
}
