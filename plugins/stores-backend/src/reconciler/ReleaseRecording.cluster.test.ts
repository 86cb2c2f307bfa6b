import type { KubernetesObject, ObjectReference } from '../cluster';
import { Portal } from './__testUtils__/Portal';
import { readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor } from './__testUtils__/waitFor';
import type { Orchestrator } from './Orchestrator';

jest.setTimeout(120_000);

const actor = 'user:default/ada';

/** Helm is at work for a second or two, and applies everything once more: nobody's change may vanish in that untold. */
describe('While Helm records a release', () => {
  let cluster: TestCluster;
  let portal: Portal;
  let orchestrator: Orchestrator;
  let helm: Awaited<ReturnType<TestCluster['createGatedHelm']>>;
  let id: string;
  let service: ObjectReference;

  beforeAll(async () => {
    cluster = await TestCluster.start();
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  beforeEach(async () => {
    cluster.node.behaviour = readyStatus;
    portal = await Portal.create(cluster);
    helm = await cluster.createGatedHelm();
    orchestrator = await portal.orchestrate({ helmCommand: helm.command });
    const store = await portal.request({ name: 'Recorded' });
    id = store.id;
    service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'medusa-api', namespace: store.namespace },
    };
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    await waitFor(
      async () => (await helm.calls()).includes('upgrade'),
      () => helm.calls(),
    );
  });

  afterEach(async () => {
    await portal.stopAll();
  });

  const events = async (type: string) =>
    (
      await portal.database.events.read({
        storeId: id,
        after: 0,
        limit: 1000,
      })
    ).items.filter(event => event.type === type);

  it('what was deleted and is there again at once is told', async () => {
    const live = await cluster.admin.get<KubernetesObject>(service);
    if (!live) throw new Error('The store has no Service');
    await cluster.admin.delete(service);
    const { uid, resourceVersion, creationTimestamp, ...metadata } =
      live.metadata;
    // As Helm makes it, sooner than the loop looks.
    await cluster.admin.create({ ...live, ...service, metadata });
    await waitFor(
      async () =>
        (
          await events('repaired')
        ).some(({ message }) =>
          /^Service 'medusa-api' was deleted$/.test(message),
        ),
      () => events('repaired'),
    );
    await helm.open();
    await portal.untilEvent(id, 'release-recorded');
    expect(await events('repaired')).toHaveLength(1);
  });

  it('a pause ends it, and it is made up for afterwards', async () => {
    await portal.stores.requestPause({
      id,
      actor,
      until: new Date(Date.now() + 600_000),
      reason: 'by hand',
    });
    orchestrator.enqueue(id);
    await cluster.edit(service, {
      metadata: { labels: { 'app.kubernetes.io/name': 'by-hand' } },
    });
    await portal.untilEvent(id, 'drift-found');
    await waitFor(
      async () => !(await helm.isUpgrading()),
      () => helm.calls(),
      10_000,
    );
    await helm.open();
    expect(await cluster.admin.get(service)).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/name': 'by-hand' } },
    });
    expect(await portal.eventTypes(id)).not.toContain('release-recorded');

    await portal.stores.requestResume({ id, actor });
    orchestrator.enqueue(id);
    await portal.untilEvent(id, 'release-recorded');
    expect(await cluster.admin.get(service)).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/name': 'medusa-api' } },
    });
  });
});
