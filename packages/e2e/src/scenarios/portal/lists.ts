import { seeText } from '../../testbed/pages/seeText';
import type { PortalStory } from './PortalStory';

const figures = [
  'Stores by state',
  'Time until a store sells',
  'Failures by reason',
  'Room in the cluster',
];

/** All stores at a glance, and in figures. */
export function lists(story: () => PortalStory): void {
  it('lists each with its state, and filters by one', async () => {
    const { failing, looks, owner, store } = story();
    await owner.visit('/stores');
    const own = owner.page.getByRole('table', { name: 'Your stores' });
    const row = (name: string) =>
      own.getByRole('row').filter({ has: owner.page.getByText(name) });
    await looks.take(owner.page, 'list', {
      ready: async () => {
        await seeText(row(store.name), /Ready\s+Open for business/);
        await seeText(row(failing.name), /Failed/);
      },
    });

    await owner.page.getByRole('button', { name: '1 failed' }).click();
    await row(store.name).waitFor({ state: 'detached' });
    await row(failing.name).waitFor();
  });

  it('shows in figures what there is, how long it took and what still fits', async () => {
    const { looks, owner } = story();
    await owner.visit('/stores/overview');
    await looks.take(owner.page, 'overview', {
      ready: async () => {
        for (const name of figures) {
          await owner.page.getByRole('heading', { name }).waitFor();
        }
        await seeText(
          owner.page.locator('[data-storeyard=page]'),
          /more small/,
        );
      },
    });
  });
}
