import { EntityPage } from '../../testbed/pages/EntityPage';
import { seeText } from '../../testbed/pages/seeText';
import type { PortalStory } from './PortalStory';

/** What the catalog has of a store that sells. */
export function catalogEntity(story: () => PortalStory): void {
  it('has a card with the state and the ways in, and no stock way to unregister', async () => {
    const { looks, owner, store } = story();
    const entity = new EntityPage(await owner.visit(EntityPage.path(store.id)));
    await seeText(entity.card, /Ready\s+Open for business/);
    expect(
      await entity.card
        .getByRole('link', { name: /^Open shop/ })
        .getAttribute('href'),
    ).toBe(store.urls.storefront);
    await looks.take(entity.page, 'entity');

    await entity.page.getByRole('button', { name: 'more' }).click();
    await entity.page
      .getByRole('menuitem', { name: 'Delete store…' })
      .waitFor();
    expect(
      await entity.page.getByRole('menuitem', { name: /unregister/i }).count(),
    ).toBe(0);
    await entity.page.keyboard.press('Escape');
  });

  it('tells the whole story on a tab', async () => {
    const { looks, owner } = story();
    const entity = new EntityPage(owner.page);
    await entity.openTimeline();
    for (const phase of [
      'Request',
      'Namespace',
      'Database',
      'Shop',
      'Reachable',
    ]) {
      await seeText(
        entity.timeline.getByRole('region', { name: phase, exact: true }),
        /./,
      );
    }
    await looks.take(entity.page, 'entity-timeline');
  });
}
