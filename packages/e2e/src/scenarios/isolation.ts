import { OutsideHost } from '../testbed/OutsideHost';
import { Testbed } from '../testbed/Testbed';
import { dial } from '../testbed/dial';
import { buy } from '../testbed/shop';
import { waitFor } from '../testbed/waitFor';
import { TwoStores } from './TwoStores';

interface Target {
  name: string;
  host: string;
  port: number;
}

interface Service {
  spec: { clusterIP: string };
}

interface NodeList {
  items: Array<{
    status: {
      addresses: Array<{ type: string; address: string }>;
      daemonEndpoints: { kubeletEndpoint: { Port: number } };
    };
  }>;
}

async function findTargets(
  testbed: Testbed,
  stores: TwoStores,
): Promise<Target[]> {
  const database = await testbed.admin.json<{ status: { podIP: string } }>([
    'get',
    'pod',
    'postgres-0',
    '-n',
    stores.second.namespace,
  ]);
  const api = await testbed.admin.json<Service>([
    'get',
    'service',
    'kubernetes',
    '-n',
    'default',
  ]);
  const nodes = await testbed.admin.json<NodeList>(['get', 'nodes']);
  const node = nodes.items[0]!.status;
  return [
    {
      name: "the other store's database",
      host: database.status.podIP,
      port: 5432,
    },
    { name: 'the API server', host: api.spec.clusterIP, port: 443 },
    {
      name: 'the node',
      host: node.addresses.find(a => a.type === 'InternalIP')!.address,
      port: node.daemonEndpoints.kubeletEndpoint.Port,
    },
    {
      name: 'the internet',
      host: OutsideHost.address,
      port: OutsideHost.port,
    },
  ];
}

/**
 * What a store's shop can not reach, and the proof that it is the policies that keep it: with them removed
 * each of the same connections succeeds. The portal is down meanwhile, and puts the policies back afterwards.
 */
export function isolation(testbed: () => Testbed, stores: TwoStores): void {
  let outside: OutsideHost | undefined;
  let targets: Target[] = [];
  const names = [
    "the other store's database",
    'the API server',
    'the node',
    'the internet',
  ];
  const target = (name: string): Target => {
    const found = targets.find(candidate => candidate.name === name);
    if (!found) {
      throw new Error(`No target '${name}'`);
    }
    return found;
  };
  const reach = (name: string) =>
    dial(
      testbed(),
      stores.first.namespace,
      target(name).host,
      target(name).port,
    );

  beforeAll(async () => {
    outside = await OutsideHost.start(testbed());
    targets = await findTargets(testbed(), stores);
  });

  afterAll(async () => {
    await outside?.stop();
  });

  it('lets a shop reach its own database', async () => {
    await waitFor(
      { what: 'the own database answers' },
      async () =>
        (await dial(testbed(), stores.first.namespace, 'postgres', 5432)) ===
        'open',
    );
  });

  it.each(names)('keeps a shop from reaching %s', async name => {
    expect(await reach(name)).toBe('blocked');
  });

  it('is kept from each by the policies alone', async () => {
    await testbed().killPortal();
    for (const store of [stores.first, stores.second]) {
      await testbed().admin.run([
        'delete',
        'networkpolicy',
        '--all',
        '-n',
        store.namespace,
      ]);
    }
    for (const name of names) {
      await waitFor(
        { what: `${name} answers without policies` },
        async () => (await reach(name)) === 'open',
      );
    }
  });

  it('has the policies back after the next pass of the portal', async () => {
    await testbed().restartPortal();
    for (const name of names) {
      await waitFor(
        { what: `${name} is out of reach again` },
        async () => (await reach(name)) === 'blocked',
      );
    }
    await buy(testbed(), stores.first);
  });
}
