/** Asks until the answer is true, and says what it waited for when that takes too long. */
export async function waitFor(
  what: string,
  isTrue: () => Promise<boolean>,
  deadlineMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) {
      throw new Error(`waited ${deadlineMs} ms in vain for ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
