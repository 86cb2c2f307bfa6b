import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkloadObject } from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';

/** When a store is made, and what keeps it from being made. */
export function creation(onStage: OnStage): void {
  it.concurrent(
    'boots in the order of the requests, so many at a time',
    onStage(async ({ cluster, portal }) => {
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
          await Promise.all([
            cluster.find<WorkloadObject>('Deployment', 'medusa-api', namespace),
            cluster.find<WorkloadObject>('StatefulSet', 'postgres', namespace),
          ])
        ).map(workload => workload?.spec?.replicas);
      for (const [index, store] of stores.entries()) {
        const others = stores.slice(index + 1);
        await portal.eventually(
          store.id,
          async () =>
            (await replicas(store)).every(count => count === 1) &&
            (
              await Promise.all(others.map(replicas))
            ).every(counts => counts.every(count => !count)),
        );
        expect((await portal.stores.bootQueue()).waiting).toEqual(
          others.map(({ id }) => id),
        );
        cluster.ingress.serve(store.id);
        await portal.until(store.id, ({ state }) => state === 'READY');
      }
    }),
  );

  it.concurrent(
    'lets stores wait while the cluster is still being made',
    onStage(async ({ cluster, portal }) => {
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
    }),
  );

  it.concurrent(
    'refuses to work when nothing bounds its account to the stores',
    onStage(async ({ cluster, portal }) => {
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
      expect(await cluster.namespace(namespace)).toBeUndefined();
    }),
  );

  it.concurrent(
    'says in Helm’s words why a chart can’t be rendered',
    onStage(async ({ cluster, portal }) => {
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
    }),
  );
}
