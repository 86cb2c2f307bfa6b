import type { OnStage } from '../__testUtils__/useTestCluster';

/** A store that a person works on by hand. */
export function pause(onStage: OnStage): void {
  it.concurrent(
    'paused, is only watched, and worked on again when the pause is over',
    onStage(async ({ cluster, portal }) => {
      const { actor } = portal;
      const { id, namespace, orchestrator } = await portal.ready('Paused');
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
      await portal.eventually(id, () => cluster.admin.get(service));
      expect((await portal.get(id)).pausedUntil).toBeUndefined();
    }),
  );
}
