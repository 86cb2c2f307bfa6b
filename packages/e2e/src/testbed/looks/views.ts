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

/** Waits until the page stands still: its fonts are there, and what moves and ends has ended. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const nextFrame = () =>
      new Promise(resolve => {
        requestAnimationFrame(resolve);
      });
    await nextFrame();
    await nextFrame();
    const ending = document
      .getAnimations()
      .filter(
        ({ effect }) => effect?.getComputedTiming().iterations !== Infinity,
      );
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Shows the page in another way, without loading it anew. */
export async function setView(
  page: Page,
  { scheme, width }: View,
): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: heights[width] });
}
