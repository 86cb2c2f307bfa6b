export interface WaitForOptions {
  /** What is waited for, as it should stand in the error: "store 'x' is READY". */
  what: string;
  /** Milliseconds until it is given up; two minutes unless told, for how quick something is isn't a test's matter. */
  deadline?: number;
  /** Milliseconds between two looks; 200 unless told. */
  interval?: number;
}

/**
 * Looks until `look` returns something other than undefined or false. What the last look threw or returned
 * is part of the error, so that a timeout says what was there instead.
 */
export async function waitFor<T>(
  options: WaitForOptions,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  const { deadline = 120_000 } = options;
  const end = performance.now() + deadline;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) {
        return found;
      }
      last = found;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(
        `Waited ${deadline} ms for: ${options.what}; last seen: ${last}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, options.interval ?? 200));
  }
}
