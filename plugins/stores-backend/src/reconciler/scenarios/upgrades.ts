import { GENERATION_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type { TestCluster } from '../__testUtils__/TestCluster';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';
import { shopOf, untilGeneration, upgrade } from '../__testUtils__/upgrading';

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

/** Another plan, other parameters, another chart: what an upgrade changes, and what it leaves. */
export function upgrades(onStage: OnStage): void {
  it.concurrent(
    'upgraded, keeps its claims, which grow where their class lets them, and loses what left the chart',
    onStage(async ({ cluster, portal }) => {
      await createClass(cluster, 'growing', true);
      const { id, namespace, orchestrator } = await portal.ready('Growing', {
        plans,
        chart: chartWith(cluster, 'growing'),
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
      await portal.eventually(id, async () =>
        (
          await cluster.claimsOf(namespace)
        ).every(({ status }) => status?.phase === 'Bound'),
      );
      await orchestrator.checkUpgrade(before, {
        plan: 'roomy',
        parameters: before.parameters,
      });
      await upgrade(portal, orchestrator, id, { plan: 'roomy' });
      const after = await untilGeneration(portal, id, 2);
      expect(after.claimUids).toEqual(before.claimUids);
      expect(after.reason).toBeUndefined();
      const sizes = (await cluster.claimsOf(namespace)).map(
        ({ metadata, spec }) =>
          `${metadata.name} ${
            (spec as { resources: { requests: { storage: string } } }).resources
              .requests.storage
          }`,
      );
      expect(sizes.sort()).toEqual(['data-postgres-0 2Gi', 'uploads 2Gi']);
      const deployment = await shopOf(cluster, namespace);
      expect(deployment?.metadata.annotations?.[GENERATION_ANNOTATION]).toBe(
        '2',
      );
      expect(JSON.stringify(deployment)).toContain('--max-old-space-size=400');
      const configMap = (name: string) =>
        cluster.find('ConfigMap', name, namespace);
      expect(await configMap('store-facts')).toBeDefined();
      expect(await configMap('left-the-chart')).toBeUndefined();
      expect(await configMap('somebody-elses')).toBeDefined();
      expect(await portal.eventTypes(id)).toEqual(
        expect.arrayContaining(['upgrade-requested', 'upgrading', 'pruned']),
      );
      await portal.eventually(
        id,
        async () => (await portal.events(id, 'release-recorded')).length === 2,
      );
      await expect(
        orchestrator.checkUpgrade(after, {
          plan: 'small',
          parameters: after.parameters,
        }),
      ).rejects.toThrow(/database would shrink from '2Gi' to '1Gi'/);
    }),
  );

  it.concurrent(
    'is refused an upgrade to a larger volume that its class can’t give',
    onStage(async ({ cluster, portal }) => {
      await createClass(cluster, 'fixed', false);
      const { id, orchestrator } = await portal.ready('Fixed', {
        plans,
        chart: chartWith(cluster, 'fixed'),
      });
      await expect(
        orchestrator.checkUpgrade(await portal.get(id), {
          plan: 'roomy',
          parameters: {},
        }),
      ).rejects.toThrow(/'fixed' does not let volumes grow/);
    }),
  );

  it.concurrent(
    'is not restarted by a new portal or chart alone',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready('Untouched');
      const pods = async () =>
        (await cluster.podsOf(namespace)).map(({ metadata }) => metadata.uid);
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
    }),
  );
}

function chartWith(cluster: TestCluster, storageClassName: string) {
  return {
    path: cluster.chart,
    valuesFiles: [],
    values: { storageClassName },
  };
}

async function createClass(
  cluster: TestCluster,
  name: string,
  allowVolumeExpansion: boolean,
): Promise<void> {
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
