import type { KubernetesObject, WorkloadObject } from '../../cluster';
import { isWorkloadReady } from '../../cluster';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';
import { CREATION, inUsualOrder } from '../__testUtils__/eventOrder';

/** What the loop costs the API server. Counted while nothing else goes on: what takes long is looked at more often. */
export function frugality(onStage: OnStage): void {
  it(
    'makes a store that serves, tells of each step once, and asks the API server little',
    onStage(async ({ cluster, portal }) => {
      const orchestrator = await portal.orchestrate();
      const { id, namespace } = await portal.request({ name: 'First shop' });
      cluster.ingress.refuse(id);
      orchestrator.enqueue(id);
      await waitFor(
        async () => {
          const deployment = await cluster.find<WorkloadObject>(
            'Deployment',
            'medusa-api',
            namespace,
          );
          return deployment && isWorkloadReady(deployment);
        },
        () => cluster.objectsOf(namespace),
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
      expect(names(await cluster.objectsOf(namespace))).toEqual(
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
    }),
  );

  it(
    'writes nothing on its regular visits while nothing changed',
    onStage(async ({ cluster, portal }) => {
      let visits = 0;
      const { id, namespace } = await portal.ready(
        'Quiet',
        { resyncSeconds: 1 },
        {
          onStep: (_, { type }) => {
            visits += type === 'rest' ? 1 : 0;
          },
        },
      );
      await portal.untilEvent(id, 'release-recorded');
      const versions = async () =>
        (await cluster.objectsOf(namespace)).map(
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
    }),
  );
}

function names(objects: KubernetesObject[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}
