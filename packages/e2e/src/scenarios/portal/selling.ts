import type { Page } from 'playwright-core';
import { MedusaAdmin } from '../../testbed/pages/MedusaAdmin';
import { seeText } from '../../testbed/pages/seeText';
import { Storefront } from '../../testbed/pages/Storefront';
import { StorePage } from '../../testbed/pages/StorePage';
import type { PortalStory } from './PortalStory';

const shopper = 'sam.shopper@example.test';

/** A shopper buys, and the shop's keeper sees it. */
export function selling(story: () => PortalStory): void {
  let page: StorePage;
  let tab: Page | undefined;
  let order: number;

  afterEach(() => tab?.close());

  it('opens the shop in a new tab, where a product is bought by clicking', async () => {
    const { owner, store } = story();
    page = new StorePage(await owner.visit(`/stores/${store.id}`));
    tab = await page.openInNewTab('Open shop');
    expect(tab.url()).toBe(new URL(store.urls.storefront).href);
    const storefront = new Storefront(tab);
    await tab.getByRole('link', { name: 'Harbour Goods' }).waitFor();
    expect(await storefront.fillCart()).toBeTruthy();
    order = await storefront.order(shopper);
    expect(order).toBeGreaterThan(0);
  });

  it("shows the first login when asked, and the shop's own admin shows the order", async () => {
    const login = await page.readFirstLogin();
    expect(login.email).toBe('keeper@example.test');
    tab = await page.openInNewTab('Admin');
    const admin = new MedusaAdmin(tab);
    await admin.signIn(login);
    await seeText(await admin.findOrder(order), shopper);
  });
}
