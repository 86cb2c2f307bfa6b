import type { VolumeObject } from '../../cluster';
import { imageMissingStatus } from '../__testUtils__/StandInNode';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { CREATION, DELETION, inUsualOrder } from '../__testUtils__/eventOrder';

/** A store's end, whatever it was doing, to the last object. */
export function deletion(onStage: OnStage): void {
  it.concurrent(
    'names what holds its namespace, and ends when that goes',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready('Held');
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
    }),
  );

  it.concurrent(
    'deletes a store to its last object',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready('Short lived');
      await portal.untilEvent(id, 'release-recorded');
      await portal.delete(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'DELETED');
      expect(await cluster.namespace(namespace)).toBeUndefined();
      expect(await cluster.objectsOf(namespace)).toEqual([]);
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
    }),
  );

  it.concurrent(
    'deletes a store in the middle of its making, and makes nothing again',
    onStage(async ({ cluster, portal }) => {
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
      expect(await cluster.namespace(namespace)).toBeUndefined();
      expect(await portal.eventTypes(id)).not.toContain('ready');
      expect((await portal.eventTypes(id)).slice(-5)).toEqual(DELETION);
    }),
  );

  it.concurrent(
    'deletes a FAILED store clean',
    onStage(async ({ cluster, portal }) => {
      const orchestrator = await portal.orchestrate();
      const { id, namespace } = await portal.request({ name: 'Never was' });
      cluster.node.behave(namespace, imageMissingStatus);
      cluster.ingress.refuse(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'FAILED');
      await portal.delete(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'DELETED');
      expect(await cluster.namespace(namespace)).toBeUndefined();
    }),
  );

  it.concurrent(
    'deletes its namespace again that something brings back',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready('Revenant', {
        resyncSeconds: 1,
      });
      const before = await cluster.namespace(namespace);
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
      await portal.eventually(
        id,
        async () => !(await cluster.namespace(namespace)),
      );
      expect((await portal.get(id)).state).toBe('DELETED');
    }),
  );
}
