import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { adminSeesOrder, buy } from './testbed/shop';
import { Testbed } from './testbed/Testbed';
import { waitFor } from './testbed/waitFor';

jest.setTimeout(600_000);

// As large on the disk as the small one: the local volumes can't grow.
const roomier = `
  plans:
    roomier:
      description: More memory on the same volumes
      values:
        medusa:
          heapMegabytes: 400
          resources:
            requests: { cpu: 100m, memory: 384Mi }
            limits: { cpu: '2', memory: 640Mi }
`;

interface PodList {
  items: {
    metadata: { name: string; uid: string };
    status: { containerStatuses?: { restartCount: number }[] };
  }[];
}

/** What a person does to a store, by the API and by hand, on a real node. One store lives through all of it. */
describe("a store's life on the native cluster", () => {
  let testbed: Testbed | undefined;
  let store: Store;
  let order: string;
  const running = (): Testbed => {
    if (!testbed) {
      throw new Error('The cluster or the portal did not come up');
    }
    return testbed;
  };

  beforeAll(async () => {
    testbed = await Testbed.start({ stores: roomier });
    const { api } = running();
    const { id } = await api.create('Lifelong');
    store = await api.reaches(id, 'READY');
    order = await buy(testbed, store);
  }, 600_000);

  afterAll(async () => {
    await testbed?.stop();
  }, 180_000);

  async function ask(action: string, body: object = {}): Promise<void> {
    const { status, body: answer } = await running().api.request(
      'POST',
      `/${store.id}/${action}`,
      body,
    );
    expect({ status, answer }).toMatchObject({ status: 202 });
  }

  const eventTypes = async () =>
    (await running().api.events(store.id)).map(({ type }) => type);

  const until = async (
    what: string,
    wanted: (found: Store) => boolean,
  ): Promise<Store> =>
    waitFor({ what }, async () => {
      const found = await running().api.get(store.id);
      if (wanted(found)) return found;
      throw new Error(`${found.state} ${found.reason} ${found.message}`);
    });

  const hasFacts = async () =>
    (
      await running().admin.try([
        'get',
        'configmap',
        'store-facts',
        '-n',
        store.namespace,
      ])
    ).exitCode === 0;

  it('keeps its data over an upgrade to another plan', async () => {
    await ask('upgrade', { plan: 'roomier' });
    const upgraded = await until(
      'generation 2 is READY',
      ({ state, observedGeneration }) =>
        state === 'READY' && observedGeneration === 2,
    );
    expect(upgraded.plan).toBe('roomier');
    expect(await adminSeesOrder(running(), store, order)).toBe(true);
    await waitFor({ what: 'the facts' }, hasFacts);
  });

  it('goes on selling when an upgrade names an image that is not to be had', async () => {
    await ask('upgrade', { parameters: { imageVersion: '9.9.9' } });
    const failed = await until(
      'the upgrade failed',
      ({ reason }) => reason === 'UpgradeFailed',
    );
    expect(failed).toMatchObject({ state: 'READY', observedGeneration: 2 });
    expect(failed.message).toMatch(/ImagePullFailed.*9\.9\.9/s);
    order = await buy(running(), store);
    expect(await adminSeesOrder(running(), store, order)).toBe(true);

    await ask('upgrade', {
      parameters: { imageVersion: store.imageVersion },
    });
    const upgraded = await until(
      'generation 4 is READY',
      ({ state, observedGeneration }) =>
        state === 'READY' && observedGeneration === 4,
    );
    expect(upgraded.reason).toBeUndefined();
    expect(await adminSeesOrder(running(), store, order)).toBe(true);
  });

  it('is left alone while it is paused, and put right afterwards', async () => {
    await ask('pause', { minutes: 30, reason: 'working on it by hand' });
    const { admin } = running();
    const service = ['service', 'medusa-api', '-n', store.namespace];
    await admin.run([
      'label',
      ...service,
      'app.kubernetes.io/name=by-hand',
      '--overwrite',
    ]);
    await waitFor({ what: 'the drift is told' }, async () =>
      (await eventTypes()).includes('drift-found'),
    );
    expect(await admin.run(['get', ...service, '-o', 'yaml'])).toContain(
      'by-hand',
    );
    await ask('resume');
    await waitFor({ what: 'it is put back' }, async () =>
      (
        await admin.run(['get', ...service, '--show-labels'])
      ).includes('app.kubernetes.io/name=medusa-api'),
    );
  });

  it('never passes an empty volume off as the old one, and serves nothing from it', async () => {
    const { admin } = running();
    const inNamespace = ['-n', store.namespace];
    await admin.run([
      'delete',
      'pvc',
      'data-postgres-0',
      '--wait=false',
      ...inNamespace,
    ]);
    const degraded = await until(
      'the deletion is told',
      ({ reason }) => reason === 'VolumeBeingDeleted',
    );
    expect(degraded.state).toBe('DEGRADED');
    await admin.run(['delete', 'pod', '--all', '--wait=true', ...inNamespace]);
    const failed = await until(
      'the loss is told',
      ({ state }) => state === 'FAILED',
    );
    expect(failed.reason).toBe('DataLost');
    // Kubernetes has made the pods again, on a new and empty volume: they refuse.
    const words = await waitFor({ what: 'the database refuses' }, async () => {
      const { stdout } = await admin.try([
        'logs',
        'postgres-0',
        ...inNamespace,
      ]);
      return stdout.includes('DataLost') && stdout;
    });
    expect(words).toContain('the volume is empty');
    const pods = await admin.json<PodList>(['get', 'pods', ...inNamespace]);
    expect(pods.items.length).toBeGreaterThan(0);
    await expect(buy(running(), store)).rejects.toThrow();
    expect(await running().api.get(store.id)).toMatchObject({
      state: 'FAILED',
    });

    await ask('retry', { acceptDataLoss: true });
    await running().api.reaches(store.id, 'READY');
    order = await buy(running(), store);
    expect(await adminSeesOrder(running(), store, order)).toBe(true);
  });

  it('is not recreated when its namespace was deleted, until the loss is accepted', async () => {
    const { admin, api } = running();
    const namespace = ['namespace', store.namespace];
    await admin.run(['delete', ...namespace, '--wait=true']);
    const failed = await api.reaches(store.id, 'FAILED');
    expect(failed.reason).toBe('DataLost');
    const before = (await eventTypes()).length;
    const passes = await api.passes();
    await waitFor(
      { what: 'two more visits' },
      async () => (await api.passes()) >= passes + 2,
    );
    expect((await admin.try(['get', ...namespace])).exitCode).not.toBe(0);
    expect((await eventTypes()).length).toBe(before);

    await ask('retry', { acceptDataLoss: true });
    await api.reaches(store.id, 'READY');
    await buy(running(), store);
    expect(await eventTypes()).toContain('data-loss-accepted');
  });
});
