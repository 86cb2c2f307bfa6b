import { readFile } from 'node:fs/promises';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** A rule that something on a page breaks. */
export interface Finding {
  rule: string;
  impact: string;
  /** Where, as a CSS selector. */
  target: string;
  /** What would mend it, in axe's words. */
  summary: string;
  /** Whether it is within one of our extensions. */
  isOurs: boolean;
}

/** A page's window, which axe is brought into. */
interface AuditedWindow extends Window {
  axe?: typeof axe;
}

/** All that axe finds to be serious or critical on a page as it is shown now. */
export async function auditAccessibility(page: Page): Promise<Finding[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) {
    // As a script of the page it would be refused by the portal's Content-Security-Policy.
    await page.evaluate(
      await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'),
    );
  }
  return page.evaluate(async () => {
    const { axe: inPage } = window as AuditedWindow;
    if (!inPage) {
      throw new Error('axe is not in the page');
    }
    const { violations } = await inPage.run(document, {
      resultTypes: ['violations'],
      elementRef: true,
    });
    return violations.flatMap(({ id, impact, nodes }) =>
      impact === 'serious' || impact === 'critical'
        ? nodes.map(({ element, target, failureSummary = '' }) => ({
            rule: id,
            impact,
            target: target.join(' '),
            summary: failureSummary,
            isOurs: element?.closest('[data-storeyard]') !== null,
          }))
        : [],
    );
  });
}
