import { DeletePage } from '../../testbed/pages/DeletePage';
import { EntityPage } from '../../testbed/pages/EntityPage';
import { StorePage } from '../../testbed/pages/StorePage';
import { namespaceIsGone } from '../../testbed/namespaceIsGone';
import { waitFor } from '../../testbed/waitFor';
import type { PortalStory } from './PortalStory';

const finalizer = 'example.test/keep';

/** A store's end, from the menu of its entity to nothing left. */
export function ending(story: () => PortalStory): void {
  let page: StorePage;

  it('asks for the name before anything is lost', async () => {
    const { looks, owner, store } = story();
    const entity = new EntityPage(await owner.visit(EntityPage.path(store.id)));
    await entity.chooseDelete();
    const { page: asking } = entity;
    await asking.waitForURL(/\/delete$/);
    const form = new DeletePage(asking);
    await form.typeName('Harbour');
    expect(await form.submit(store.name).isEnabled()).toBe(false);
    await looks.take(asking, 'delete', {
      ready: async () => {
        await form.typeName(store.name);
        expect(await form.submit(store.name).isEnabled()).toBe(true);
      },
    });
  });

  it('shows how far the deletion is, and what holds it up', async () => {
    const { looks, owner, store, testbed } = story();
    // Something of a stranger's that the namespace can't end without.
    await testbed.admin.run(
      ['apply', '-f', '-'],
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'held',
          namespace: store.namespace,
          finalizers: [finalizer],
        },
      }),
    );
    await new DeletePage(owner.page).submit(store.name).click();
    await owner.page.waitForURL(url => url.pathname === `/stores/${store.id}`);
    page = new StorePage(owner.page);
    await page.tells('Deleting', 'deletion');
    await page.root.getByText(finalizer).first().waitFor({ timeout: 60_000 });
    await looks.take(page.page, 'store-deleting', {
      ready: () => page.root.getByText(finalizer).first().waitFor(),
    });
    await testbed.admin.run([
      ...['patch', 'configmap', 'held', '-n', store.namespace],
      ...['--type', 'merge', '-p', '{"metadata":{"finalizers":null}}'],
    ]);
  });

  it('leaves neither entity nor namespace, and keeps the story', async () => {
    const { owner, portalApi, store, testbed } = story();
    await page.state('Deleted').waitFor({ timeout: 60_000 });
    expect(await page.phases()).toEqual([
      'deletion',
      ...(await page.phases()).filter(phase => phase === 'life'),
      'reachable',
      'shop',
      'database',
      'namespace',
      'request',
    ]);
    expect(await namespaceIsGone(testbed, store.namespace)).toBe(true);
    await waitFor(
      { what: 'the entities are gone' },
      async () =>
        (
          await portalApi.entities(
            `metadata.annotations.storeyard.dev/store-id=${store.id}`,
          )
        ).length === 0,
    );
    const entity = new EntityPage(await owner.visit(EntityPage.path(store.id)));
    await entity.page
      .getByText(/not found/i)
      .first()
      .waitFor();
    expect(await entity.card.count()).toBe(0);
  });
}
