import { imageMissingStatus, readyStatus } from '../__testUtils__/StandInNode';
import type { OnStage } from '../__testUtils__/useTestCluster';

/** What keeps a store from serving, said early, and healed. */
export function failure(onStage: OnStage): void {
  it.concurrent(
    'says that an image is missing as soon as it is known, and heals when it is there',
    onStage(async ({ cluster, portal }) => {
      const orchestrator = await portal.orchestrate();
      const { id, namespace } = await portal.request({ name: 'No image' });
      cluster.node.behave(namespace, imageMissingStatus);
      cluster.ingress.refuse(id);
      orchestrator.enqueue(id);
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed.reason).toBe('ImagePullFailed');
      expect(failed.message).toMatch(
        /'medusa'.*ErrImageNeverPull.*not present/,
      );
      expect(failed.remedy).toBeTruthy();
      cluster.node.behave(namespace, readyStatus);
      cluster.ingress.serve(id);
      const healed = await portal.until(id, ({ state }) => state === 'READY');
      expect(healed.reason).toBeUndefined();
      expect(await portal.eventTypes(id)).toContain('recovered');
      expect(await cluster.namespace(namespace)).toBeDefined();
    }),
  );

  it.concurrent(
    'retried by a person, replaces pods that are stuck, and goes on at once',
    onStage(async ({ cluster, portal }) => {
      const orchestrator = await portal.orchestrate();
      const { id, namespace } = await portal.request({ name: 'Stuck' });
      cluster.node.behave(namespace, imageMissingStatus);
      cluster.ingress.refuse(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'FAILED');
      const stuck = (await cluster.podsOf(namespace)).find(({ metadata }) =>
        metadata.name.startsWith('medusa-api'),
      );
      cluster.node.behave(namespace, pod =>
        pod.metadata.uid === stuck?.metadata.uid
          ? imageMissingStatus(pod)
          : readyStatus(pod),
      );
      cluster.ingress.serve(id);
      await portal.stores.requestRetry({ id, actor: portal.actor });
      orchestrator.enqueue(id);
      const record = await portal.until(id, ({ state }) => state === 'READY');
      expect(record.retry).toBeUndefined();
      const uids = (await cluster.podsOf(namespace)).map(
        ({ metadata }) => metadata.uid,
      );
      expect(uids).not.toContain(stuck?.metadata.uid);
      expect(await portal.eventTypes(id)).toEqual(
        expect.arrayContaining(['failed', 'retry-requested', 'ready']),
      );
    }),
  );

  it.concurrent(
    'is DEGRADED while shoppers are refused, and READY again after',
    onStage(async ({ cluster, portal }) => {
      const { id } = await portal.ready('Shaky', { resyncSeconds: 1 });
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
    }),
  );
}
