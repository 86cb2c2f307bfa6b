import { DriftingStore } from '../../__testUtils__/DriftingStore';
import type { OnStage } from '../../__testUtils__/useTestCluster';

/** Drift that is seen, said, and not put right. */
export function leftAlone(onStage: OnStage): void {
  it.concurrent(
    'lets an autoscaler have its way after three repairs, and names it, also when the portal was started again',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, deployment, id, orchestrator, portal } = store;
      const scale = (replicas: number) =>
        cluster.edit(
          deployment,
          { spec: { replicas } },
          { subresource: 'scale', manager: 'autoscaler' },
        );
      for (let fight = 1; fight <= 3; fight += 1) {
        await scale(2);
        await store.until(
          async () => (await store.get(deployment))?.spec.replicas === 1,
        );
      }
      const record = await portal.until(id, ({ conditions }) =>
        conditions.some(
          ({ type, status }) => type === 'Drifted' && status === 'True',
        ),
      );
      expect(
        record.conditions.find(({ type }) => type === 'Drifted')?.message,
      ).toContain("'autoscaler'");
      const repaired = (await store.events('repaired')).length;
      await portal.stop(orchestrator);
      await portal.orchestrate();
      await scale(2);
      await cluster.edit(store.service, {
        metadata: { labels: { 'storeyard.dev/store-id': null } },
      });
      await store.until(
        async () => (await store.events('repaired')).length > repaired,
      );
      expect((await store.get(deployment))?.spec.replicas).toBe(2);
    }),
  );

  it.concurrent(
    'only reports what it finds in a paused store',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { deployment, id, orchestrator, portal } = store;
      const { actor } = portal;
      await portal.stores.requestPause({
        id,
        actor,
        until: new Date(Date.now() + 600_000),
        reason: 'by hand',
      });
      orchestrator.enqueue(id);
      await store.cluster.edit(deployment, { spec: { paused: true } });
      await store.until(async () =>
        (
          await store.events('drift-found')
        ).some(({ message }) => /spec\.paused was added/.test(message)),
      );
      expect((await store.get(deployment))?.spec.paused).toBe(true);
      await portal.stores.requestResume({ id, actor });
      orchestrator.enqueue(id);
      await store.until(
        async () => !(await store.get(deployment))?.spec.paused,
      );
      await portal.until(id, ({ conditions }) =>
        conditions.every(
          ({ type, status }) => type !== 'Drifted' || status === 'False',
        ),
      );
    }),
  );
}
