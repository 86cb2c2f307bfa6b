import { GENERATION_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type {
  ClaimObject,
  KubernetesObject,
  NamespaceObject,
  PodObject,
  WorkloadObject,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRepository';
import type { Orchestrator, OrchestratorOptions } from './Orchestrator';
import type { OrchestratorConfig } from './OrchestratorConfig';
import { Portal } from './__testUtils__/Portal';
import { imageMissingStatus, readyStatus } from './__testUtils__/StandInNode';
import { TestCluster } from './__testUtils__/TestCluster';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const actor = 'user:default/ada';

describe("a store's life", () => {
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

  async function ready(
    name: string,
    config: Partial<OrchestratorConfig> = {},
    options: Partial<OrchestratorOptions> = {},
  ): Promise<{ id: string; namespace: string; orchestrator: Orchestrator }> {
    const orchestrator = await portal.orchestrate(config, options);
    const { id, namespace } = await portal.request({ name });
    orchestrator.enqueue(id);
    await portal.until(id, ({ state }) => state === 'READY');
    return { id, namespace, orchestrator };
  }

  const find = <T extends KubernetesObject>(
    apiVersion: string,
    kind: string,
    name: string,
    namespace?: string,
  ) =>
    cluster.admin.get<T>({ apiVersion, kind, metadata: { name, namespace } });

  const claimsOf = (namespace: string) =>
    cluster.admin.list<ClaimObject>({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace,
    });

  const podsOf = (namespace: string) =>
    cluster.admin.list<PodObject>({ apiVersion: 'v1', kind: 'Pod', namespace });

  const facts = (namespace: string) =>
    find('v1', 'ConfigMap', 'store-facts', namespace);

  const patchNamespace = (name: string, metadata: object) =>
    cluster.admin.patch(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { merge: { metadata } },
    );

  async function eventually<T>(
    look: () => Promise<T | undefined | false>,
    id: string,
  ): Promise<T> {
    return await waitFor(look, async () => ({
      record: await portal.get(id),
      events: await portal.eventTypes(id),
    }));
  }

  describe('retried', () => {
    it('replaces pods that are stuck, and goes on at once', async () => {
      cluster.node.behaviour = imageMissingStatus;
      const orchestrator = await portal.orchestrate();
      const { id, namespace } = await portal.request({ name: 'Stuck' });
      cluster.ingress.refuse(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'FAILED');
      const stuck = (await podsOf(namespace)).find(({ metadata }) =>
        metadata.name.startsWith('medusa-api'),
      );
      cluster.node.behaviour = pod =>
        pod.metadata.uid === stuck?.metadata.uid
          ? imageMissingStatus(pod)
          : readyStatus(pod);
      cluster.ingress.serve(id);
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      const record = await portal.until(id, ({ state }) => state === 'READY');
      expect(record.retry).toBeUndefined();
      const names = (await podsOf(namespace)).map(
        ({ metadata }) => metadata.uid,
      );
      expect(names).not.toContain(stuck?.metadata.uid);
      expect(await portal.eventTypes(id)).toEqual(
        expect.arrayContaining(['failed', 'retry-requested', 'ready']),
      );
    });

    it('shows each attempt that failed, with the next one', async () => {
      const role =
        '/apis/rbac.authorization.k8s.io/v1/clusterroles/storeyard-store-worker';
      const { body } = await cluster.connection.send({
        method: 'GET',
        path: role,
        timeoutMs: 10_000,
      });
      const { rules } = JSON.parse(body);
      const setRules = (to: unknown[]) =>
        cluster.connection.send({
          method: 'PATCH',
          path: role,
          headers: { 'content-type': 'application/merge-patch+json' },
          body: JSON.stringify({ rules: to }),
          timeoutMs: 10_000,
        });
      await setRules([]);
      try {
        const orchestrator = await portal.orchestrate();
        const { id } = await portal.request({ name: 'Patient' });
        orchestrator.enqueue(id);
        await portal.untilEvent(id, 'retry-scheduled');
        const { items } = await portal.database.events.read({
          storeId: id,
          after: 0,
          limit: 100,
        });
        expect(
          items.find(({ type }) => type === 'retry-scheduled'),
        ).toMatchObject({
          message: expect.stringMatching(/^Attempt 1 failed.*forbidden/s),
          details: { attempt: 1, nextAttemptAt: expect.any(String) },
        });
        expect((await portal.get(id)).state).toBe('PROVISIONING');
      } finally {
        await setRules(rules);
      }
    });
  });

  describe('that had data', () => {
    it('is FAILED when its claim is replaced by an empty one, until the loss is accepted', async () => {
      const { id, namespace, orchestrator } = await ready('Emptied');
      await eventually(() => facts(namespace), id);
      const before = await portal.get(id);
      expect(Object.keys(before.claimUids ?? {}).sort()).toEqual([
        'data-postgres-0',
        'uploads',
      ]);
      cluster.ingress.refuse(id);
      const claim = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data-postgres-0', namespace },
      };
      // As a node holds it while its pod runs.
      const hold = (finalizers: string[]) =>
        cluster.admin.patch(claim, { merge: { metadata: { finalizers } } });
      await hold(['example.com/in-use']);
      await cluster.admin.delete(claim);
      const degraded = await portal.until(
        id,
        ({ reason }) => reason === 'VolumeBeingDeleted',
      );
      expect(degraded).toMatchObject({
        state: 'DEGRADED',
        message: expect.stringContaining("'data-postgres-0'"),
      });
      await hold([]);
      await cluster.admin.delete({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'postgres-0', namespace },
      });
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed.reason).toBe('DataLost');
      // Kubernetes makes the claim by itself; a shop on it must not pass for the old one.
      await eventually(async () => {
        const uid = (await claimsOf(namespace)).find(
          ({ metadata }) => metadata.name === 'data-postgres-0',
        )?.metadata.uid;
        return uid && uid !== before.claimUids?.['data-postgres-0'];
      }, id);
      cluster.ingress.serve(id);
      orchestrator.enqueue(id);
      expect(await facts(namespace)).toBeDefined();

      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      await portal.until(id, ({ retry }) => !retry);
      expect(await portal.get(id)).toMatchObject({
        state: 'FAILED',
        reason: 'DataLost',
      });

      await portal.stores.requestRetry({ id, actor, acceptDataLoss: true });
      orchestrator.enqueue(id);
      const anew = await portal.until(id, ({ state }) => state === 'READY');
      expect(anew.claimUids?.['data-postgres-0']).not.toBe(
        before.claimUids?.['data-postgres-0'],
      );
      expect(anew.claimUids?.uploads).toBe(before.claimUids?.uploads);
      expect(await portal.eventTypes(id)).toContain('data-loss-accepted');
      await eventually(() => facts(namespace), id);
    });

    it('is not recreated after its namespace was deleted, until the loss is accepted', async () => {
      let visits = 0;
      const { id, namespace, orchestrator } = await ready(
        'Robbed',
        { resyncSeconds: 1 },
        {
          onStep: () => {
            visits += 1;
          },
        },
      );
      await cluster.admin.delete({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed.reason).toBe('DataLost');
      await eventually(
        async () => !(await find('v1', 'Namespace', namespace)),
        id,
      );
      const before = await portal.eventTypes(id);
      visits = 0;
      await eventually(async () => visits >= 3, id);
      expect(await portal.eventTypes(id)).toEqual(before);
      expect(await find('v1', 'Namespace', namespace)).toBeUndefined();
      await portal.stores.requestRetry({ id, actor, acceptDataLoss: true });
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'READY');
      expect(await find('v1', 'Namespace', namespace)).toBeDefined();
      const written = (await cluster.requestsOf(namespace)).filter(
        ({ verb, resource }) => verb === 'create' && resource === 'namespaces',
      );
      expect(written).toHaveLength(2);
    });
  });

  describe('whose namespace is changed by hand', () => {
    it('says with which command a label comes back, and heals by it', async () => {
      const { id, namespace } = await ready('Disowned');
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed.reason).toBe('OwnershipRemoved');
      expect(failed.remedy).toContain(
        `kubectl label namespace ${namespace} storeyard.dev/store-id=${id}`,
      );
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.until(id, ({ state }) => state === 'READY');
    });

    it('closes Pod Security again, and takes a new owner over without a restart', async () => {
      const { id, namespace, orchestrator } = await ready('Loosened');
      const before = await podsOf(namespace);
      await patchNamespace(namespace, {
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      });
      await eventually(async () => {
        const found = await find<NamespaceObject>('v1', 'Namespace', namespace);
        return (
          found?.metadata.labels?.['pod-security.kubernetes.io/enforce'] ===
          'restricted'
        );
      }, id);
      await portal.stores.changeStore({
        id,
        actor,
        owner: 'group:default/others',
      });
      orchestrator.enqueue(id);
      await eventually(async () => {
        const found = await find<NamespaceObject>('v1', 'Namespace', namespace);
        return (
          found?.metadata.annotations?.['storeyard.dev/owner'] ===
          'group:default/others'
        );
      }, id);
      expect(
        (await podsOf(namespace)).map(({ metadata }) => metadata.uid),
      ).toEqual(before.map(({ metadata }) => metadata.uid));
      expect(await portal.get(id)).toMatchObject({
        state: 'READY',
        generation: 1,
      });
    });
  });

  it('paused, is only watched, and worked on again when the pause is over', async () => {
    const { id, namespace, orchestrator } = await ready('Paused');
    await portal.stores.requestPause({
      id,
      actor,
      until: new Date(Date.now() + 3_600_000),
      reason: 'by hand',
    });
    orchestrator.enqueue(id);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'medusa-api', namespace },
    };
    await cluster.admin.delete(service);
    await portal.untilEvent(id, 'drift-found');
    expect(await cluster.admin.get(service)).toBeUndefined();
    await portal.stores.requestPause({
      id,
      actor,
      until: new Date(Date.now() + 500),
      reason: 'nearly done',
    });
    orchestrator.enqueue(id);
    await portal.untilEvent(id, 'resumed');
    await eventually(() => cluster.admin.get(service), id);
    expect((await portal.get(id)).pausedUntil).toBeUndefined();
  });

  describe('upgraded', () => {
    const plans = new Map([
      ['small', {}],
      [
        'roomy',
        {
          medusa: { heapMegabytes: 400, uploads: '2Gi' },
          postgres: { storage: '2Gi' },
          quota: { 'requests.storage': '8Gi' },
        },
      ],
    ]);
    const chart = (storageClassName: string) => ({
      path: cluster.chart,
      valuesFiles: [],
      values: { storageClassName },
    });

    async function createClass(name: string, allowVolumeExpansion: boolean) {
      await cluster.connection.send({
        method: 'POST',
        path: '/apis/storage.k8s.io/v1/storageclasses',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          apiVersion: 'storage.k8s.io/v1',
          kind: 'StorageClass',
          metadata: { name },
          provisioner: 'stand-in',
          allowVolumeExpansion,
        }),
        timeoutMs: 10_000,
      });
    }

    async function upgrade(
      orchestrator: Orchestrator,
      id: string,
      change: { plan?: string; parameters?: StoreRecord['parameters'] },
    ) {
      await portal.stores.requestUpgrade({ id, actor, ...change });
      orchestrator.enqueue(id);
    }

    it('keeps its claims, which grow where their class lets them, and loses what left the chart', async () => {
      await createClass('growing', true);
      const { id, namespace, orchestrator } = await ready('Growing', {
        plans,
        chart: chart('growing'),
      });
      await portal.untilEvent(id, 'release-recorded');
      const before = await portal.get(id);
      const ours = {
        'storeyard.dev/store-id': id,
        'app.kubernetes.io/managed-by': 'Helm',
      };
      for (const [name, labels] of [
        ['left-the-chart', ours],
        ['somebody-elses', {}],
      ] as const) {
        await cluster.admin.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace, labels },
        });
      }
      await eventually(
        async () =>
          (
            await claimsOf(namespace)
          ).every(({ status }) => status?.phase === 'Bound'),
        id,
      );
      await orchestrator.checkUpgrade(before, {
        plan: 'roomy',
        parameters: before.parameters,
      });
      await upgrade(orchestrator, id, { plan: 'roomy' });
      const after = await portal.until(
        id,
        ({ state, observedGeneration }) =>
          state === 'READY' && observedGeneration === 2,
      );
      expect(after.claimUids).toEqual(before.claimUids);
      expect(after.reason).toBeUndefined();
      const sizes = (await claimsOf(namespace)).map(
        ({ metadata, spec }) =>
          `${metadata.name} ${
            (spec as { resources: { requests: { storage: string } } }).resources
              .requests.storage
          }`,
      );
      expect(sizes.sort()).toEqual(['data-postgres-0 2Gi', 'uploads 2Gi']);
      const deployment = await find<WorkloadObject>(
        'apps/v1',
        'Deployment',
        'medusa-api',
        namespace,
      );
      expect(deployment?.metadata.annotations?.[GENERATION_ANNOTATION]).toBe(
        '2',
      );
      expect(JSON.stringify(deployment)).toContain('--max-old-space-size=400');
      expect(await facts(namespace)).toBeDefined();
      expect(
        await find('v1', 'ConfigMap', 'left-the-chart', namespace),
      ).toBeUndefined();
      expect(
        await find('v1', 'ConfigMap', 'somebody-elses', namespace),
      ).toBeDefined();
      const events = await portal.eventTypes(id);
      expect(events).toEqual(
        expect.arrayContaining(['upgrade-requested', 'upgrading', 'pruned']),
      );
      await eventually(
        async () =>
          (
            await portal.eventTypes(id)
          ).filter(type => type === 'release-recorded').length === 2,
        id,
      );
      await expect(
        orchestrator.checkUpgrade(after, {
          plan: 'small',
          parameters: after.parameters,
        }),
      ).rejects.toThrow(/database would shrink from '2Gi' to '1Gi'/);
    });

    it('is refused a larger volume that its class can’t give', async () => {
      await createClass('fixed', false);
      const { id, orchestrator } = await ready('Fixed', {
        plans,
        chart: chart('fixed'),
      });
      await expect(
        orchestrator.checkUpgrade(await portal.get(id), {
          plan: 'roomy',
          parameters: {},
        }),
      ).rejects.toThrow(/'fixed' does not let volumes grow/);
    });

    it('goes on as it was when the new image is not to be had, until it is', async () => {
      const { id, namespace, orchestrator } = await ready('Old and good');
      const version = async () =>
        (
          await find<WorkloadObject>(
            'apps/v1',
            'Deployment',
            'medusa-api',
            namespace,
          )
        )?.metadata.resourceVersion;
      await portal.untilEvent(id, 'release-recorded');
      const before = await version();
      cluster.node.behaviour = pod =>
        pod.metadata.name.startsWith('image-trial')
          ? {
              phase: 'Pending',
              containerStatuses: [
                {
                  name: 'image-0',
                  ready: false,
                  restartCount: 0,
                  image: 'stand-in',
                  imageID: '',
                  state: {
                    waiting: { reason: 'ErrImageNeverPull', message: 'no' },
                  },
                },
              ],
            }
          : readyStatus(pod);
      await upgrade(orchestrator, id, {
        parameters: { imageVersion: '9.9.9' },
      });
      const failed = await portal.until(
        id,
        ({ reason }) => reason === 'UpgradeFailed',
      );
      expect(failed).toMatchObject({
        state: 'READY',
        generation: 2,
        observedGeneration: 1,
        imageVersion: '2.18.0',
        message: expect.stringMatching(/generation 1 goes on: ImagePullFailed/),
      });
      expect(await version()).toBe(before);
      expect(
        await find('v1', 'Pod', 'image-trial-2', namespace),
      ).toBeUndefined();
      orchestrator.enqueue(id);

      cluster.node.behaviour = readyStatus;
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      const upgraded = await portal.until(
        id,
        ({ state, observedGeneration }) =>
          state === 'READY' && observedGeneration === 2,
      );
      expect(upgraded.reason).toBeUndefined();
      expect(upgraded.imageVersion).toBe('9.9.9');
    });

    it('is healed as what ran when it is FAILED after an upgrade that failed, and upgraded by the next retry', async () => {
      const { id, namespace, orchestrator } = await ready('Twice unlucky');
      cluster.node.behaviour = pod =>
        pod.metadata.name.startsWith('image-trial')
          ? {
              phase: 'Pending',
              containerStatuses: [
                {
                  name: 'image-0',
                  ready: false,
                  restartCount: 0,
                  image: 'stand-in',
                  imageID: '',
                  state: { waiting: { reason: 'ErrImageNeverPull' } },
                },
              ],
            }
          : readyStatus(pod);
      await upgrade(orchestrator, id, {
        parameters: { imageVersion: '9.9.9' },
      });
      await portal.until(id, ({ reason }) => reason === 'UpgradeFailed');
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      await portal.until(id, ({ state }) => state === 'FAILED');
      cluster.ingress.refuse(id);
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      await portal.until(
        id,
        ({ retry, state }) => !retry && state === 'PROVISIONING',
      );
      cluster.ingress.serve(id);
      const healed = await portal.until(id, ({ state }) => state === 'READY');
      expect(healed).toMatchObject({
        generation: 2,
        observedGeneration: 1,
        imageVersion: '2.18.0',
        reason: 'UpgradeFailed',
      });
      const shop = await find<WorkloadObject>(
        'apps/v1',
        'Deployment',
        'medusa-api',
        namespace,
      );
      expect(shop?.metadata.annotations).toMatchObject({
        'storeyard.dev/generation': '1',
      });
      expect(await portal.eventTypes(id)).not.toContain('upgrading');

      cluster.node.behaviour = readyStatus;
      await portal.stores.requestRetry({ id, actor });
      orchestrator.enqueue(id);
      await portal.until(
        id,
        ({ state, observedGeneration }) =>
          state === 'READY' && observedGeneration === 2,
      );
    });

    it('is not restarted by a new portal or chart alone', async () => {
      const { id, namespace, orchestrator } = await ready('Untouched');
      const pods = async () =>
        (await podsOf(namespace)).map(({ metadata }) => metadata.uid);
      const before = await pods();
      await portal.stop(orchestrator);
      let visits = 0;
      const next = await portal.orchestrate(
        {
          resyncSeconds: 1,
          chart: {
            path: cluster.chart,
            valuesFiles: [],
            values: { medusa: { heapMegabytes: 500 } },
          },
        },
        { onStep: () => (visits += 1) },
      );
      next.enqueue(id);
      await waitFor(
        async () => visits > 3,
        async () => visits,
      );
      expect(await pods()).toEqual(before);
      expect(await portal.get(id)).toMatchObject({ generation: 1 });
    });
  });

  it('boots in the order of the requests, so many at a time', async () => {
    const orchestrator = await portal.orchestrate({ concurrentBoots: 1 });
    const stores: StoreRecord[] = [];
    for (const name of ['Queue one', 'Queue two', 'Queue three']) {
      const store = await portal.request({ name });
      cluster.ingress.refuse(store.id);
      stores.push(store);
      // The order is that of their times.
      await waitFor(
        async () => Date.now() > store.createdAt.getTime(),
        async () => store,
      );
    }
    for (const { id } of [...stores].reverse()) orchestrator.enqueue(id);
    const replicas = async ({ namespace }: StoreRecord) =>
      (
        await Promise.all(
          [
            ['Deployment', 'medusa-api'],
            ['StatefulSet', 'postgres'],
          ].map(([kind, name]) =>
            find<WorkloadObject>('apps/v1', kind!, name!, namespace),
          ),
        )
      ).map(workload => workload?.spec?.replicas);
    for (const [index, store] of stores.entries()) {
      const others = stores.slice(index + 1);
      await eventually(
        async () =>
          (await replicas(store)).every(count => count === 1) &&
          (
            await Promise.all(others.map(replicas))
          ).every(counts => counts.every(count => !count)),
        store.id,
      );
      expect((await portal.stores.bootQueue()).waiting).toEqual(
        others.map(({ id }) => id),
      );
      cluster.ingress.serve(store.id);
      await portal.until(store.id, ({ state }) => state === 'READY');
    }
  });

  describe('deleted', () => {
    it('names what holds its namespace, and ends when that goes', async () => {
      const { id, namespace, orchestrator } = await ready('Held');
      const service = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'held', namespace },
      };
      await cluster.admin.create({
        ...service,
        metadata: { ...service.metadata, finalizers: ['example.com/hold'] },
        spec: { ports: [{ port: 80 }] },
      });
      await portal.delete(id);
      orchestrator.enqueue(id);
      const blocked = await portal.until(
        id,
        ({ message }) => message?.includes("'held'") === true,
      );
      expect(blocked).toMatchObject({
        state: 'DELETING',
        reason: 'DeletionBlocked',
        message: expect.stringContaining('example.com/hold'),
      });
      await cluster.admin.patch(service, {
        merge: { metadata: { finalizers: [] } },
      });
      await portal.until(id, ({ state }) => state === 'DELETED');
    });

    it('deletes its namespace again that something brings back', async () => {
      const { id, namespace, orchestrator } = await ready('Revenant', {
        resyncSeconds: 1,
      });
      const before = await find<NamespaceObject>('v1', 'Namespace', namespace);
      await portal.delete(id);
      orchestrator.enqueue(id);
      const { nonce } = await portal.until(
        id,
        ({ state }) => state === 'DELETED',
      );
      await cluster.admin.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: namespace,
          labels: before?.metadata.labels,
          annotations: { 'storeyard.dev/nonce': nonce },
        },
      });
      await portal.untilEvent(id, 'namespace-reappeared');
      await eventually(
        async () => !(await find('v1', 'Namespace', namespace)),
        id,
      );
      expect((await portal.get(id)).state).toBe('DELETED');
    });

    it('says which label has to come back before it may be', async () => {
      const { id, namespace, orchestrator } = await ready('Disowned too');
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      await portal.delete(id);
      orchestrator.enqueue(id);
      const blocked = await portal.until(id, ({ reason }) => Boolean(reason));
      expect(blocked).toMatchObject({
        state: 'DELETING',
        reason: 'OwnershipRemoved',
      });
      await patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.until(id, ({ state }) => state === 'DELETED');
    });
  });
});
