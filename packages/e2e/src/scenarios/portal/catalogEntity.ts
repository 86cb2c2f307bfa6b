import { wideViews } from '../../testbed/looks/views';
import { EntityPage } from '../../testbed/pages/EntityPage';
import { seeText } from '../../testbed/pages/seeText';
import type { PortalStory } from './PortalStory';

const phases = ['Request', 'Namespace', 'Database', 'Shop', 'Reachable'];

/** What the catalog has of a store that sells. */
export function catalogEntity(story: () => PortalStory): void {
  it('has a card with the state and the ways in, and no stock way to unregister', async () => {
    const { looks, owner, store } = story();
    const entity = new EntityPage(await owner.visit(EntityPage.path(store.id)));
    const isReady = async () => {
      await seeText(entity.card, /Ready\s+Open for business/);
      await entity.card.scrollIntoViewIfNeeded();
    };
    await isReady();
    expect(
      await entity.card
        .getByRole('link', { name: /^Open shop/ })
        .getAttribute('href'),
    ).toBe(store.urls.storefront);
    await looks.take(entity.page, 'entity', { ready: isReady });

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
    const isWhole = async () => {
      for (const phase of phases) {
        await entity.timeline
          .getByRole('region', { name: phase, exact: true })
          .waitFor();
      }
    };
    await looks.take(entity.page, 'entity-timeline', {
      ready: isWhole,
      in: wideViews,
    });
  });
}
