import type { KubernetesObject, ObjectReference } from '../../cluster';
import type { GatedHelm } from '../__testUtils__/GatedHelm';
import type { Portal } from '../__testUtils__/Portal';
import { reference } from '../__testUtils__/reference';
import type { TestCluster } from '../__testUtils__/TestCluster';
import type { OnStage } from '../__testUtils__/useTestCluster';
import { waitFor } from '../__testUtils__/waitFor';

/** Helm's record of a store's release. Helm is at work for a second or two, and applies everything once more. */
export function releaseRecord(onStage: OnStage): void {
  it.concurrent(
    'lets Helm record the release without a change of any object, and tells Helm no secret',
    onStage(async ({ cluster, portal }) => {
      const { helm, id, namespace } = await recording(cluster, portal);
      const versions = async () =>
        Object.fromEntries(
          (await cluster.objectsOf(namespace)).map(({ kind, metadata }) => [
            `${kind} ${metadata.name}`,
            metadata.resourceVersion,
          ]),
        );
      await portal.eventually(id, async () =>
        (
          await cluster.claimsOf(namespace)
        ).every(({ status }) => status?.phase === 'Bound'),
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
    }),
  );

  it.concurrent(
    'records again over a record that a killed Helm left behind',
    onStage(async ({ cluster, portal }) => {
      const { helm, id, namespace, orchestrator } = await recording(
        cluster,
        portal,
      );
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
    }),
  );

  it.concurrent(
    'tells what was deleted while Helm records, though it is there again at once',
    onStage(async ({ cluster, portal }) => {
      const { helm, id, service } = await recording(cluster, portal);
      const live = await cluster.admin.get<KubernetesObject>(service);
      if (!live) throw new Error('The store has no Service');
      await cluster.admin.delete(service);
      const { uid, resourceVersion, creationTimestamp, ...metadata } =
        live.metadata;
      // As Helm makes it, sooner than the loop looks.
      await cluster.admin.create({ ...live, ...service, metadata });
      await waitFor(
        async () =>
          (
            await portal.events(id, 'repaired')
          ).some(({ message }) =>
            /^Service 'medusa-api' was deleted$/.test(message),
          ),
        () => portal.events(id, 'repaired'),
      );
      await helm.open();
      await portal.untilEvent(id, 'release-recorded');
      expect(await portal.events(id, 'repaired')).toHaveLength(1);
    }),
  );

  it.concurrent(
    'ends a recording when somebody pauses the store, and makes up for it afterwards',
    onStage(async ({ cluster, portal }) => {
      const { actor } = portal;
      const { helm, id, orchestrator, service } = await recording(
        cluster,
        portal,
      );
      await portal.stores.requestPause({
        id,
        actor,
        until: new Date(Date.now() + 600_000),
        reason: 'by hand',
      });
      orchestrator.enqueue(id);
      await cluster.edit(service, {
        metadata: { labels: { 'app.kubernetes.io/name': 'by-hand' } },
      });
      await portal.untilEvent(id, 'drift-found');
      await waitFor(
        async () => !(await helm.isUpgrading()),
        () => helm.calls(),
        10_000,
      );
      await helm.open();
      expect(await cluster.admin.get(service)).toMatchObject({
        metadata: { labels: { 'app.kubernetes.io/name': 'by-hand' } },
      });
      expect(await portal.eventTypes(id)).not.toContain('release-recorded');

      await portal.stores.requestResume({ id, actor });
      orchestrator.enqueue(id);
      await portal.untilEvent(id, 'release-recorded');
      expect(await cluster.admin.get(service)).toMatchObject({
        metadata: { labels: { 'app.kubernetes.io/name': 'medusa-api' } },
      });
    }),
  );
}

/** A READY store whose release Helm is about to record as soon as it is let. */
async function recording(cluster: TestCluster, portal: Portal) {
  const helm: GatedHelm = await cluster.createGatedHelm();
  const store = await portal.ready('Recorded', { helmCommand: helm.command });
  await helm.untilUpgrade();
  const service: ObjectReference = reference(
    'Service',
    'medusa-api',
    store.namespace,
  );
  return { ...store, helm, service };
}
