import { Browser } from '../testbed/Browser';
import { Testbed } from '../testbed/Testbed';
import { TwoStores } from './TwoStores';

/** What a person sees in the browser: the portal's list and a store's page, and the shop itself. */
export function portalPages(testbed: () => Testbed, stores: TwoStores): void {
  let browser: Browser | undefined;
  const started = (): Browser => {
    if (!browser) {
      throw new Error('Chromium did not start');
    }
    return browser;
  };

  beforeAll(async () => {
    browser = await Browser.start();
  });

  afterAll(async () => {
    await browser?.stop();
  });

  it.each([1280, 375])(
    'lists the stores and leads to one, %d px wide',
    async width => {
      const page = await started().open({
        url: testbed().portal.baseUrl,
        width,
      });
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.getByRole('link', { name: 'Alpha Shop' }).first().click();
      await page.waitForURL(url => url.pathname.endsWith(stores.first.id));
      await page
        .getByRole('heading', { name: 'Alpha Shop', level: 1 })
        .or(page.getByRole('heading', { name: 'Alpha Shop' }))
        .first()
        .waitFor();
      const scroll = await page.evaluate(
        () =>
          document.documentElement.scrollWidth -
          document.documentElement.clientWidth,
      );
      expect(scroll).toBeLessThanOrEqual(0);
      await page.close();
    },
  );

  it('opens the shop itself', async () => {
    const page = await started().open({
      url: stores.first.urls.storefront,
      width: 375,
    });
    expect(await page.title()).toContain('Alpha Shop');
    await page.getByText('Alpha Shop').first().waitFor();
    await page.close();
  });
}
