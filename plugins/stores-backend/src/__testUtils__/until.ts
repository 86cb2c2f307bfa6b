/** Waits for a condition, for less than a test may take, so that what it was is in the error. */
export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + 50_000;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`Waited 50 s in vain until ${condition}`);
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
