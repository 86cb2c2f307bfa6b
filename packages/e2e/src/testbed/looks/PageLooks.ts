import type { Page } from 'playwright-core';
import { auditAccessibility } from './auditAccessibility';
import { Screenshots } from './Screenshots';
import { StockBaseline } from './StockBaseline';
import { setView, views, type View } from './views';

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
   * Takes a page's pictures in both schemes and widths, and leaves it as a wide, light one. Nothing serious may be wrong in
   * what is ours, no more than is known in what isn't, and nothing may be wider than the page.
   */
  async take(page: Page, name: string): Promise<void> {
    for (const view of views) {
      await setView(page, view);
      await this.screenshots.take(page, name, view);
      await this.judge(page, name, view);
    }
    await setView(page, { scheme: 'light', width: 1280 });
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
    const overhang = await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    );
    expect({ where, overhang: Math.max(0, overhang) }).toEqual({
      where,
      overhang: 0,
    });
  }
}
