import { Testbed } from '../testbed/Testbed';
import { namespaceIsGone } from '../testbed/namespaceIsGone';
import { adminSeesOrder, buy } from '../testbed/shop';
import { TwoStores } from './TwoStores';

/** One store goes, to the last object, while the other sells. */
export function deletion(testbed: () => Testbed, stores: TwoStores): void {
  it('deletes one store with its volumes and namespace while the other still sells', async () => {
    const { first, second } = stores;
    const accepted = await testbed().api.request('DELETE', `/${first.id}`);
    expect(accepted.status).toBe(202);
    const order = await buy(testbed(), second);
    await testbed().api.reaches(first.id, 'DELETED');
    expect(await namespaceIsGone(testbed(), first.namespace)).toBe(true);
    expect(await adminSeesOrder(testbed(), second, order)).toBe(true);
    const releases = await testbed().admin.helm(['list', '-A', '-o', 'json']);
    expect(releases).not.toContain(first.id);
  });

  it('answers a second deletion with what it already is', async () => {
    const again = await testbed().api.request<{ state: string }>(
      'DELETE',
      `/${stores.first.id}`,
    );
    expect(again.status).toBe(200);
    expect(again.body.state).toBe('DELETED');
  });
}
