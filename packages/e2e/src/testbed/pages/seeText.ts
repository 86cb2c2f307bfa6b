import type { Locator } from 'playwright-core';

/** Waits until a text is seen within what the locator finds; fails with both named when it isn't in time. */
export async function seeText(
  locator: Locator,
  text: string | RegExp,
): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor();
}
