/** Asks until the answer is there; what was last seen is in the error. */
export async function waitFor<T>(
  look: () => Promise<T | undefined | false>,
  describe: () => Promise<unknown>,
  timeoutMs = 90_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) {
      throw new Error(
        `Waited ${timeoutMs / 1000} s in vain, found ${JSON.stringify(
          await describe(),
          null,
          1,
        )}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 40));
  }
}
