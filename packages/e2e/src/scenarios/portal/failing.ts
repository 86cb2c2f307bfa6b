import { seeText } from '../../testbed/pages/seeText';
import { StorePage } from '../../testbed/pages/StorePage';
import { teamRef } from '../../testbed/signIn/people';
import type { PortalStory } from './PortalStory';

const missing = '9.9.9';

/** A store that can't be: its page says why, and what to do. */
export function failing(story: () => PortalStory) {
  return {
    /** It fails while the rest of the story goes on. */
    order: (): void => {
      it('takes an order of a store whose image does not exist', async () => {
        const { owner } = story();
        const { status, body } = await owner.api.request<
          PortalStory['failing']
        >('POST', '', {
          name: 'Typo Shop',
          engine: 'medusa',
          owner: teamRef(owner.person.team),
          parameters: { imageVersion: missing },
        });
        expect(status).toBe(201);
        story().failing = body;
      });
    },
    look: (): void => {
      it('says on its page why it failed, what to do, and the words of the cluster', async () => {
        const { failing: store, looks, owner } = story();
        const failed = await owner.api.reaches(store.id, 'FAILED');
        const page = new StorePage(await owner.visit(`/stores/${store.id}`));
        await page.tells('Failed', 'request');
        await seeText(page.notice, /image/);
        expect(failed.remedy).toBeTruthy();
        await seeText(page.notice, failed.remedy ?? '');
        await page.notice.getByText('The cluster says').click();
        await seeText(page.notice.locator('pre'), missing);
        expect(await page.mayUse('Retry')).toBe(true);
        await looks.take(page.page, 'store-failed', {
          ready: () => page.tells('Failed', 'request'),
        });
      });
    },
  };
}
