import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  KubernetesObject,
  VolumeObject,
  WorkloadObject,
} from '../cluster';
import { isWorkloadReady } from '../cluster';
import {
  createKillingRepository,
  type KillMoment,
} from './__testUtils__/KillingRepository';
import { Portal } from './__testUtils__/Portal';
import { imageMissingStatus, readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const KINDS: [apiVersion: string, kind: string][] = [
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'Service'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
];

const CREATION = [
  'requested',
  'provisioning-started',
  'rendered',
  'namespace-created',
  'secrets-applied',
  'applied',
  'database-ready',
  'backend-ready',
  'ready',
  'release-recorded',
];

const DELETION = [
  'deletion-requested',
  'release-removed',
  'workloads-deleted',
  'namespace-deleting',
  'deleted',
];

/** Database and server become ready in any order. */
function inUsualOrder(events: string[]): string[] {
  const first = events.indexOf('backend-ready');
  return events[first + 1] === 'database-ready'
    ? events.toSpliced(first, 2, 'database-ready', 'backend-ready')
    : events;
}

describe('Orchestrator', () => {
  let cluster: TestCluster;
  let portal: Portal;

  beforeAll(async () => {
    cluster = await TestCluster.start();
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  beforeEach(async () => {
    cluster.node.behaviour = readyStatus;
    portal = await Portal.create(cluster);
  });

  afterEach(async () => {
    await portal.stopAll();
  });

  const namespaceOf = (name: string) =>
    cluster.admin.get<KubernetesObject>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });

  async function objectsOf(namespace: string): Promise<KubernetesObject[]> {
    const lists = await Promise.all(
      KINDS.map(([apiVersion, kind]) =>
        cluster.admin.list<KubernetesObject>({ apiVersion, kind, namespace }),
      ),
    );
    return lists.flat();
  }

  const names = (objects: KubernetesObject[]) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

  it('makes a store that serves, tells of each step once, and asks the API server little', async () => {
    const orchestrator = await portal.orchestrate();
    const { id, namespace } = await portal.request({ name: 'First shop' });
    cluster.ingress.refuse(id);
    orchestrator.enqueue(id);
    await waitFor(
      async () => {
        const deployment = await cluster.admin.get<WorkloadObject>({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'medusa-api', namespace },
        });
        return deployment && isWorkloadReady(deployment);
      },
      () => objectsOf(namespace),
    );
    expect((await portal.get(id)).state).toBe('PROVISIONING');
    cluster.ingress.serve(id);
    const ready = await portal.until(id, ({ state }) => state === 'READY');
    expect(ready).toMatchObject({
      attempt: 0,
      observedGeneration: 1,
      chartVersion: '0.1.0',
      imageVersion: '2.18.0',
    });
    await portal.untilEvent(id, 'release-recorded');
    expect(inUsualOrder(await portal.eventTypes(id))).toEqual(CREATION);
    expect(cluster.ingress.asked).toEqual(
      expect.arrayContaining([
        `${id}.localhost/ready`,
        `${id}.localhost/store/products?limit=1&fields=id`,
      ]),
    );
    expect(names(await objectsOf(namespace))).toEqual(
      expect.arrayContaining([
        'Deployment medusa-api',
        'Ingress medusa-api',
        'LimitRange store',
        'NetworkPolicy default-deny',
        'PersistentVolumeClaim data-postgres-0',
        'PersistentVolumeClaim uploads',
        'ResourceQuota store',
        'Secret database-credentials',
        'Secret shop-credentials',
        `Secret sh.helm.release.v1.${id}.v1`,
        'ServiceAccount store',
        'StatefulSet postgres',
      ]),
    );
    const requests = (await cluster.requestsOf(namespace)).filter(
      ({ userAgent }) => userAgent === 'storeyard',
    );
    const objects = new Set(
      requests
        .filter(({ verb }) => ['create', 'patch'].includes(verb))
        .map(({ resource, name }) => `${resource}/${name}`),
    );
    expect(objects.size).toBeGreaterThanOrEqual(17);
    // One more: the record's own look for what an earlier Helm left behind.
    expect(requests.length).toBeLessThanOrEqual(1.2 * objects.size + 1);
  });

  it('lets Helm record the release without a change of any object, and tells Helm no secret', async () => {
    const helm = await cluster.createGatedHelm();
    const orchestrator = await portal.orchestrate({
      helmCommand: helm.command,
    });
    const { id, namespace } = await portal.request({ name: 'Recorded' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    await waitFor(
      async () => (await helm.calls()).includes('upgrade'),
      () => helm.calls(),
    );
    const versions = async () =>
      Object.fromEntries(
        (await objectsOf(namespace)).map(({ kind, metadata }) => [
          `${kind} ${metadata.name}`,
          metadata.resourceVersion,
        ]),
      );
    await waitFor(
      async () =>
        (await objectsOf(namespace))
          .filter(({ kind }) => kind === 'PersistentVolumeClaim')
          .every(
            ({ status }) => (status as { phase: string }).phase === 'Bound',
          ),
      () => objectsOf(namespace),
    );
    const before = await versions();
    await helm.open();
    await portal.untilEvent(id, 'release-recorded');
    const { [`Secret sh.helm.release.v1.${id}.v1`]: record, ...after } =
      await versions();
    expect(record).toBeDefined();
    expect(after).toEqual(before);
    expect(await cluster.helm('list', '--all-namespaces')).toMatch(
      new RegExp(`${id}\\s+${namespace}\\s+1\\s+.*deployed`),
    );
    const values = await cluster.helm('get', 'values', id, '-n', namespace);
    expect(`${await helm.calls()}${values}`).not.toMatch(/PASSWORD|pk_/);
  });

  it('records again over a record that a killed Helm left behind', async () => {
    const helm = await cluster.createGatedHelm();
    const orchestrator = await portal.orchestrate({
      helmCommand: helm.command,
    });
    const { id, namespace } = await portal.request({ name: 'Pending' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    await cluster.admin.create({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: {
        name: `sh.helm.release.v1.${id}.v1`,
        namespace,
        labels: {
          owner: 'helm',
          name: id,
          status: 'pending-install',
          // Longer ago than any Helm is at work.
          createdAt: String(Math.floor(Date.now() / 1000) - 3_600),
        },
      },
      data: { release: '' },
    });
    await portal.stop(orchestrator);
    await helm.open();
    await portal.orchestrate({ helmCommand: helm.command });
    await portal.untilEvent(id, 'release-recorded');
    expect(await cluster.helm('list', '--all-namespaces')).toMatch(
      new RegExp(`${id}\\s+${namespace}\\s+1\\s+.*deployed`),
    );
  });

  it('deletes a store to its last object', async () => {
    const orchestrator = await portal.orchestrate();
    const { id, namespace } = await portal.request({ name: 'Short lived' });
    orchestrator.enqueue(id);
    await portal.untilEvent(id, 'release-recorded');
    await portal.delete(id);
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'DELETED');
    expect(await namespaceOf(namespace)).toBeUndefined();
    expect(await objectsOf(namespace)).toEqual([]);
    const volumes = await cluster.admin.list<VolumeObject>({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
    });
    expect(
      volumes.filter(({ spec }) => spec?.claimRef?.namespace === namespace),
    ).toEqual([]);
    expect(inUsualOrder(await portal.eventTypes(id))).toEqual([
      ...CREATION,
      ...DELETION,
    ]);
  });

  it('deletes a store in the middle of its making, and makes nothing again', async () => {
    const orchestrator = await portal.orchestrate(
      {},
      {
        onStep: (storeId, step) => {
          if (step.type === 'apply-objects') {
            portal.delete(storeId).catch(() => undefined);
          }
        },
      },
    );
    const { id, namespace } = await portal.request({ name: 'Regretted' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'DELETED');
    expect(await namespaceOf(namespace)).toBeUndefined();
    expect(await portal.eventTypes(id)).not.toContain('ready');
    expect((await portal.eventTypes(id)).slice(-5)).toEqual(DELETION);
  });

  describe.each<KillMoment>(['before', 'after'])(
    'killed just %s a write to the database',
    moment => {
      /** Dies at the n-th write, lets another go on, and says whether there was an n-th write at all. */
      async function survive(
        own: Portal,
        id: string,
        atWrite: number,
        isDone: () => Promise<boolean>,
      ): Promise<boolean> {
        let died = false;
        const first = await own.orchestrate(
          {},
          {
            repository: createKillingRepository({
              repository: own.stores,
              atWrite,
              moment,
              onKilled: () => {
                died = true;
              },
            }),
          },
        );
        first.enqueue(id);
        await waitFor(
          async () => died || (await isDone()),
          () => own.eventTypes(id),
        );
        await own.stop(first);
        if (!died) return false;
        const next = await own.orchestrate();
        await waitFor(isDone, () => own.eventTypes(id));
        await own.stop(next);
        return true;
      }

      async function makeAndKill(atWrite: number): Promise<boolean> {
        const own = await Portal.create(cluster);
        const { id } = await own.request({ name: `Kill ${atWrite}` });
        const killed = await survive(
          own,
          id,
          atWrite,
          async () =>
            (await own.stores.getGeneration(id, 1))?.releaseRecordedAt !==
            undefined,
        );
        expect(await own.get(id)).toMatchObject({ state: 'READY' });
        expect(inUsualOrder(await own.eventTypes(id))).toEqual(CREATION);
        return killed;
      }

      async function deleteAndKill(atWrite: number): Promise<boolean> {
        const own = await Portal.create(cluster);
        const { id, namespace } = await own.request({ name: `Go ${atWrite}` });
        const maker = await own.orchestrate();
        await own.untilEvent(id, 'release-recorded');
        await own.stop(maker);
        await own.delete(id);
        const killed = await survive(
          own,
          id,
          atWrite,
          async () => (await own.get(id)).state === 'DELETED',
        );
        expect(await namespaceOf(namespace)).toBeUndefined();
        expect(inUsualOrder(await own.eventTypes(id))).toEqual([
          ...CREATION,
          ...DELETION,
        ]);
        return killed;
      }

      it('ends with a READY store, each event once', async () => {
        const killed = [
          ...(await Promise.all([1, 2, 3, 4, 5].map(makeAndKill))),
          ...(await Promise.all([6, 7, 8, 9, 10].map(makeAndKill))),
        ];
        expect(killed.filter(Boolean).length).toBeGreaterThanOrEqual(9);
      });

      it('ends with a store that is DELETED, each event once', async () => {
        const killed = await Promise.all([1, 2, 3, 4, 5].map(deleteAndKill));
        expect(killed).toEqual([true, true, true, true, false]);
      });
    },
  );

  it("leaves a namespace that isn't the store's alone, when it makes and when it deletes", async () => {
    const { id, namespace } = await portal.request({ name: 'Taken' });
    await cluster.admin.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { somebody: 'else' } },
    });
    const before = await namespaceOf(namespace);
    const orchestrator = await portal.orchestrate();
    const failed = await portal.until(id, ({ state }) => state === 'FAILED');
    expect(failed).toMatchObject({ reason: 'NamespaceConflict' });
    expect(failed.message).toContain(namespace);
    await portal.delete(id);
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'DELETED');
    expect(await namespaceOf(namespace)).toEqual(before);
    const written = (await cluster.requestsOf(namespace)).filter(
      ({ verb, code }) => !['get', 'list'].includes(verb) && code < 300,
    );
    expect(written).toEqual([]);
  });

  it('refuses to work when nothing bounds its account to the stores', async () => {
    const orchestrator = await portal.orchestrate({
      kubeconfig: cluster.adminKubeconfig,
    });
    const { id, namespace } = await portal.request({ name: 'Unbounded' });
    orchestrator.enqueue(id);
    const waiting = await portal.until(id, ({ reason }) => Boolean(reason));
    expect(waiting).toMatchObject({
      state: 'REQUESTED',
      reason: 'PolicyMissing',
    });
    expect(orchestrator.clusterStatus()).toMatchObject({
      reachable: false,
      message: expect.stringContaining('storeyard-policy-check'),
    });
    expect(await namespaceOf(namespace)).toBeUndefined();
  });

  it('tries again what is forbidden for now', async () => {
    const role = {
      path: '/apis/rbac.authorization.k8s.io/v1/clusterroles/storeyard-store-worker',
      timeoutMs: 10_000,
    };
    const { body } = await cluster.connection.send({ method: 'GET', ...role });
    const { rules } = JSON.parse(body);
    const setRules = async (to: unknown[]) => {
      const { status } = await cluster.connection.send({
        method: 'PATCH',
        ...role,
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({ rules: to }),
      });
      expect(status).toBe(200);
    };
    await setRules([]);
    try {
      const orchestrator = await portal.orchestrate();
      const { id } = await portal.request({ name: 'Patient' });
      orchestrator.enqueue(id);
      const trying = await portal.until(id, ({ attempt }) => attempt > 0);
      expect(trying).toMatchObject({ state: 'PROVISIONING' });
      expect(trying.message).toContain('forbidden');
      expect(trying.nextAttemptAt).toBeInstanceOf(Date);
      await setRules(rules);
      const ready = await portal.until(id, ({ state }) => state === 'READY');
      expect(ready).toMatchObject({ attempt: 0 });
      expect(ready.message).toBeUndefined();
      expect(ready.nextAttemptAt).toBeUndefined();
    } finally {
      await setRules(rules);
    }
  });

  it('brings a Secret that was deleted by hand back with the same bytes', async () => {
    const orchestrator = await portal.orchestrate({ resyncSeconds: 1 });
    const { id, namespace } = await portal.request({ name: 'Kept' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'shop-credentials', namespace },
    };
    const before = await cluster.admin.get<KubernetesObject>(secret);
    await cluster.admin.delete(secret);
    const after = await waitFor(
      async () => await cluster.admin.get<KubernetesObject>(secret),
      () => portal.eventTypes(id),
    );
    expect(after.data).toEqual(before?.data);
    expect(after.metadata.uid).not.toBe(before?.metadata.uid);
    await portal.untilEvent(id, 'repaired');
    expect(Object.keys(after.data as object)).toHaveLength(6);
  });

  it('writes nothing on its regular visits while nothing changed', async () => {
    let visits = 0;
    const orchestrator = await portal.orchestrate(
      { resyncSeconds: 1 },
      {
        onStep: (_, { type }) => {
          visits += type === 'rest' ? 1 : 0;
        },
      },
    );
    const { id, namespace } = await portal.request({ name: 'Quiet' });
    orchestrator.enqueue(id);
    await portal.untilEvent(id, 'release-recorded');
    const versions = async () =>
      (await objectsOf(namespace)).map(
        ({ metadata }) => metadata.resourceVersion,
      );
    const before = await versions();
    visits = 0;
    await waitFor(
      async () => visits >= 2,
      async () => visits,
    );
    expect(await versions()).toEqual(before);
    expect(inUsualOrder(await portal.eventTypes(id))).toEqual(CREATION);
  });

  it('says that an image is missing as soon as it is known, and heals when it is there', async () => {
    cluster.node.behaviour = imageMissingStatus;
    const orchestrator = await portal.orchestrate();
    const { id, namespace } = await portal.request({ name: 'No image' });
    cluster.ingress.refuse(id);
    orchestrator.enqueue(id);
    const failed = await portal.until(id, ({ state }) => state === 'FAILED');
    expect(failed.reason).toBe('ImagePullFailed');
    expect(failed.message).toMatch(/'medusa'.*ErrImageNeverPull.*not present/);
    expect(failed.remedy).toBeTruthy();
    cluster.node.behaviour = readyStatus;
    cluster.ingress.serve(id);
    const healed = await portal.until(id, ({ state }) => state === 'READY');
    expect(healed.reason).toBeUndefined();
    expect(await portal.eventTypes(id)).toContain('recovered');
    expect(await namespaceOf(namespace)).toBeDefined();
  });

  it('deletes a FAILED store clean', async () => {
    cluster.node.behaviour = imageMissingStatus;
    const orchestrator = await portal.orchestrate();
    const { id, namespace } = await portal.request({ name: 'Never was' });
    cluster.ingress.refuse(id);
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'FAILED');
    await portal.delete(id);
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'DELETED');
    expect(await namespaceOf(namespace)).toBeUndefined();
  });

  it('is DEGRADED while shoppers are refused, and READY again after', async () => {
    const orchestrator = await portal.orchestrate({ resyncSeconds: 1 });
    const { id } = await portal.request({ name: 'Shaky' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    cluster.ingress.refuse(id);
    const degraded = await portal.until(
      id,
      ({ state }) => state === 'DEGRADED',
    );
    expect(degraded).toMatchObject({
      reason: 'NotServing',
      message: expect.stringContaining('503'),
    });
    cluster.ingress.serve(id);
    await portal.until(id, ({ state }) => state === 'READY');
  });

  it('does not recreate a READY store whose namespace somebody deleted', async () => {
    const orchestrator = await portal.orchestrate({ resyncSeconds: 1 });
    const { id, namespace } = await portal.request({ name: 'Robbed' });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    await cluster.admin.delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const failed = await portal.until(id, ({ state }) => state === 'FAILED');
    expect(failed.reason).toBe('DataLost');
    await waitFor(
      async () => !(await namespaceOf(namespace)),
      () => namespaceOf(namespace),
    );
    expect(await portal.get(id)).toMatchObject({ state: 'FAILED' });
  });

  it('lets stores wait while the cluster is still being made', async () => {
    const kubeconfig = join(
      await mkdtemp(join(cluster.directory, 'late-')),
      'portal.kubeconfig',
    );
    const orchestrator = await portal.orchestrate({ kubeconfig });
    const { id } = await portal.request({ name: 'Early bird' });
    orchestrator.enqueue(id);
    const waiting = await portal.until(id, ({ reason }) => Boolean(reason));
    expect(waiting).toMatchObject({
      state: 'REQUESTED',
      reason: 'ClusterUnreachable',
    });
    expect(orchestrator.clusterStatus()).toMatchObject({
      reachable: false,
      message: expect.stringContaining(kubeconfig),
    });
    await writeFile(
      `${kubeconfig}.new`,
      await readFile(cluster.portalKubeconfig),
    );
    await rename(`${kubeconfig}.new`, kubeconfig);
    const ready = await portal.until(id, ({ state }) => state === 'READY');
    expect(ready.reason).toBeUndefined();
    expect(orchestrator.clusterStatus()).toMatchObject({ reachable: true });
    expect(await portal.eventTypes(id)).not.toContain('failed');
  });

  it('says in Helm’s words why a chart can’t be rendered', async () => {
    const orchestrator = await portal.orchestrate({
      chart: {
        path: cluster.chart,
        valuesFiles: [],
        values: { ingress: { scheme: 'gopher' } },
      },
    });
    const { id } = await portal.request({ name: 'Gopher' });
    orchestrator.enqueue(id);
    const failed = await portal.until(id, ({ state }) => state === 'FAILED');
    expect(failed.reason).toBe('RenderFailed');
    expect(failed.message).toContain('scheme');
  });
});
