import { Testbed } from '../testbed/Testbed';
import { adminSeesOrder, buy } from '../testbed/shop';
import { TwoStores } from './TwoStores';

const kinds =
  'all,ingress,pvc,resourcequota,limitrange,networkpolicy,serviceaccount,secret';

interface ObjectList {
  items: Array<{ kind: string; metadata: { name: string } }>;
}

/** Two stores at once, from the request to an order that the shop's owner sees. */
export function provisioning(testbed: () => Testbed, stores: TwoStores): void {
  it('brings two stores that are requested at once to READY', async () => {
    const [first, second] = await Promise.all([
      testbed().api.create('Alpha Shop', { currency: 'eur' }),
      testbed().api.create('Beta Shop'),
    ]);
    expect(first.state).toBe('REQUESTED');
    [stores.first, stores.second] = await Promise.all([
      testbed().api.reaches(first.id, 'READY'),
      testbed().api.reaches(second.id, 'READY'),
    ]);
    expect(stores.first.namespace).toBe(`store-${first.id}`);
  });

  it('tells the story of each in its events, each step once', async () => {
    for (const store of [stores.first, stores.second]) {
      const types = (await testbed().api.events(store.id)).map(e => e.type);
      expect(types[0]).toBe('requested');
      expect(types).toContain('ready');
      expect(types.filter(type => type === 'ready')).toHaveLength(1);
      expect(types.filter(type => type === 'namespace-created')).toHaveLength(
        1,
      );
    }
  });

  it('takes an order in each through the ingress, which the owner reads back', async () => {
    stores.firstOrder = await buy(testbed(), stores.first);
    stores.secondOrder = await buy(testbed(), stores.second);
    expect(
      await adminSeesOrder(testbed(), stores.first, stores.firstOrder),
    ).toBe(true);
    expect(
      await adminSeesOrder(testbed(), stores.second, stores.secondOrder),
    ).toBe(true);
  });

  it('keeps the orders of one shop out of the other', async () => {
    expect(
      await adminSeesOrder(testbed(), stores.first, stores.secondOrder),
    ).toBe(false);
  });

  it('gives the namespace everything that a person looks for', async () => {
    const { items } = await testbed().admin.json<ObjectList>([
      'get',
      kinds,
      '-n',
      stores.first.namespace,
    ]);
    const names = items.map(item => `${item.kind}/${item.metadata.name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        'Deployment/medusa-api',
        'StatefulSet/postgres',
        'Service/medusa-api',
        'Service/postgres',
        'Ingress/medusa-api',
        'PersistentVolumeClaim/uploads',
        'PersistentVolumeClaim/data-postgres-0',
        'ResourceQuota/store',
        'LimitRange/store',
        'NetworkPolicy/default-deny',
        'ServiceAccount/store',
        'Secret/shop-credentials',
        'Secret/database-credentials',
      ]),
    );
  });

  it('answers a bad request with the field and stores nothing', async () => {
    const answer = await testbed().api.request<{ error: { message: string } }>(
      'POST',
      '',
      { name: '', engine: 'medusa' },
    );
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('name');
  });
}
