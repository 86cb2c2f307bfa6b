import type { Page } from 'playwright-core';
import { auditAccessibility } from './auditAccessibility';
import { Screenshots } from './Screenshots';
import { StockBaseline } from './StockBaseline';
import { setView, settle, views, wideAndLight, type View } from './views';

/** Options of {@link PageLooks.take}. */
export interface TakeLooksOptions {
  /**
   * Waits until the page shows what it is to be seen with, and brings it there: it is loaded anew for each view, and what was
   * typed is gone.
   */
  ready: () => Promise<unknown>;
  /** Default: light and dark, wide and narrow. */
  in?: readonly View[];
}

/** Looks at pages in every way that people do, keeps what is seen, and judges it. */
export class PageLooks {
  static async create(): Promise<PageLooks> {
    return new PageLooks(await Screenshots.create(), StockBaseline.load());
  }

  private constructor(
    readonly screenshots: Screenshots,
    private readonly baseline: StockBaseline,
  ) {}

  /**
   * Takes a page's pictures, and leaves it as a wide, light one. Nothing serious may be wrong in what is ours, no more than
   * is known in what isn't, and no page of ours may be wider than the window.
   */
  async take(
    page: Page,
    name: string,
    options: TakeLooksOptions,
  ): Promise<void> {
    const { ready, in: ways = views } = options;
    for (const view of ways) {
      await setView(page, view);
      await ready();
      await settle(page);
      await this.screenshots.take(page, name, view);
      await this.judge(page, name, view);
    }
    await setView(page, wideAndLight);
    await ready();
  }

  /** Judges a page as it is shown now, without a picture. */
  async judge(page: Page, name: string, view: View): Promise<void> {
    const findings = await auditAccessibility(page);
    const where = `${name}, ${view.scheme}, ${view.width} px`;
    expect({
      where,
      findings: findings.filter(({ isOurs }) => isOurs),
    }).toEqual({ where, findings: [] });
    const stock = findings.filter(({ isOurs }) => !isOurs);
    expect({ where, excess: this.baseline.excess(name, stock) }).toEqual({
      where,
      excess: [],
    });
    // Stock pages are wider than a phone at places.
    const overhang = await page.evaluate(() =>
      document.querySelector('[data-storeyard=page]')
        ? document.documentElement.scrollWidth -
          document.documentElement.clientWidth
        : 0,
    );
    expect({ where, overhang }).toEqual({ where, overhang: 0 });
  }
}
