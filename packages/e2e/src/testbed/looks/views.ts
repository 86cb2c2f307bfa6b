import type { Page } from 'playwright-core';

/** One way in which somebody may look at a page. */
export interface View {
  scheme: 'light' | 'dark';
  width: 1280 | 375;
}

export const wideAndLight: View = { scheme: 'light', width: 1280 };

export const wideViews: readonly View[] = [
  wideAndLight,
  { scheme: 'dark', width: 1280 },
];

export const views: readonly View[] = [
  ...wideViews,
  { scheme: 'dark', width: 375 },
  { scheme: 'light', width: 375 },
];

const heights: Record<View['width'], number> = { 1280: 900, 375: 812 };

/** Has the page stand still: its fonts are there, and what moves and ends has come to its end. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      const timing = animation.effect?.getComputedTiming();
      if (timing?.iterations !== Infinity) {
        animation.finish();
      }
    }
  });
}

/**
 * Shows the page in another way. It is loaded anew, for Backstage builds it anew after a while anyway, and what was there before
 * could be taken for what is to be seen.
 */
export async function setView(
  page: Page,
  { scheme, width }: View,
): Promise<void> {
  const isDark = await page.evaluate(
    () => matchMedia('(prefers-color-scheme: dark)').matches,
  );
  if (isDark === (scheme === 'dark') && page.viewportSize()?.width === width) {
    return;
  }
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: heights[width] });
  await page.reload();
}
