import { Testbed } from '../testbed/Testbed';
import { adminSeesOrder, buy, readShopSecret } from '../testbed/shop';
import { waitFor } from '../testbed/waitFor';
import { TwoStores } from './TwoStores';

/** What a person takes away by hand, and what outlives it. */
export function healing(testbed: () => Testbed, stores: TwoStores): void {
  it('keeps the data over the deletion of both pods', async () => {
    const { first } = stores;
    await testbed().admin.run([
      'delete',
      'pod',
      '--all',
      '-n',
      first.namespace,
      '--wait=true',
    ]);
    await waitFor({ what: 'the order is there again', interval: 1000 }, () =>
      adminSeesOrder(testbed(), first, stores.firstOrder),
    );
    await testbed().api.reaches(first.id, 'READY');
  });

  it('brings a deleted Secret back with the same bytes, and the shop goes on selling', async () => {
    const { first } = stores;
    const before = await readShopSecret(testbed(), first);
    await testbed().admin.run([
      'delete',
      'secret',
      'shop-credentials',
      'database-credentials',
      '-n',
      first.namespace,
    ]);
    const after = await waitFor({ what: 'the Secret is back' }, () =>
      readShopSecret(testbed(), first),
    );
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(after.data).toEqual(before.data);
    const order = await buy(testbed(), first);
    expect(await adminSeesOrder(testbed(), first, order)).toBe(true);
  });
}
