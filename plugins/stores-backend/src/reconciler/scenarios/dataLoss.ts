import type { OnStage } from '../__testUtils__/useTestCluster';

/** A store that had data and has lost it: an empty shop is never shown as the old one. */
export function dataLoss(onStage: OnStage): void {
  it.concurrent(
    'is FAILED when its claim is replaced by an empty one, until the loss is accepted',
    onStage(async ({ cluster, portal }) => {
      const { actor } = portal;
      const { id, namespace, orchestrator } = await portal.ready('Emptied');
      const facts = () => cluster.find('ConfigMap', 'store-facts', namespace);
      await portal.eventually(id, facts);
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
      await portal.eventually(id, async () => {
        const uid = (await cluster.claimsOf(namespace)).find(
          ({ metadata }) => metadata.name === 'data-postgres-0',
        )?.metadata.uid;
        return uid && uid !== before.claimUids?.['data-postgres-0'];
      });
      cluster.ingress.serve(id);
      orchestrator.enqueue(id);
      expect(await facts()).toBeDefined();

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
      await portal.eventually(id, facts);
    }),
  );

  it.concurrent(
    'is not recreated after its namespace was deleted, until the loss is accepted',
    onStage(async ({ cluster, portal }) => {
      let visits = 0;
      const { id, namespace, orchestrator } = await portal.ready(
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
      await portal.eventually(
        id,
        async () => !(await cluster.namespace(namespace)),
      );
      const before = await portal.eventTypes(id);
      visits = 0;
      await portal.eventually(id, async () => visits >= 3);
      expect(await portal.eventTypes(id)).toEqual(before);
      expect(await cluster.namespace(namespace)).toBeUndefined();
      await portal.stores.requestRetry({
        id,
        actor: portal.actor,
        acceptDataLoss: true,
      });
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'READY');
      expect(await cluster.namespace(namespace)).toBeDefined();
      const written = (await cluster.requestsOf(namespace)).filter(
        ({ verb, resource }) => verb === 'create' && resource === 'namespaces',
      );
      expect(written).toHaveLength(2);
    }),
  );
}
