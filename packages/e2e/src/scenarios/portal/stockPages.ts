import {
  setView,
  settle,
  wideAndLight,
  type View,
} from '../../testbed/looks/views';
import type { PortalStory } from './PortalStory';

const looked: readonly View[] = [wideAndLight, { scheme: 'dark', width: 375 }];

/** What Backstage brings: it has known findings, and may not get more. */
export function stockPages(story: () => PortalStory): void {
  it.each([
    ['catalog', '/catalog', 'Harbour Shop'],
    ['templates', '/create', 'Medusa store'],
    ['notifications', '/notifications', "Store 'Harbour Shop' is ready"],
    ['settings', '/settings', 'Ada Harbour'],
  ])('finds no more than is known on %s', async (name, path, text) => {
    const { looks, owner } = story();
    await owner.visit(path);
    for (const view of looked) {
      await setView(owner.page, view);
      await owner.page.getByText(text).first().waitFor();
      // Another list of the page may still be on its way.
      await owner.page
        .getByRole('progressbar')
        .first()
        .waitFor({ state: 'hidden' });
      await settle(owner.page);
      await looks.judge(owner.page, name, view);
    }
    await setView(owner.page, wideAndLight);
  });

  it('finds no more than is known where people sign in', async () => {
    const { browser, looks, testbed } = story();
    const context = await browser.session();
    const page = await context.newPage();
    await page.goto(`${testbed.portal.baseUrl}/stores`);
    for (const view of looked) {
      await setView(page, view);
      await page.getByRole('button', { name: 'Sign In' }).waitFor();
      await settle(page);
      await looks.judge(page, 'sign-in', view);
    }
    await context.close();
  });
}
