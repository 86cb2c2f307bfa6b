import type { OnStage } from '../__testUtils__/useTestCluster';

/** Whose namespace it is: ours by its labels and nonce, which people may take off. */
export function ownership(onStage: OnStage): void {
  it.concurrent(
    "leaves a namespace that isn't the store's alone, when it makes and when it deletes",
    onStage(async ({ cluster, portal }) => {
      const { id, namespace } = await portal.request({ name: 'Taken' });
      await cluster.admin.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { somebody: 'else' } },
      });
      const before = await cluster.namespace(namespace);
      const orchestrator = await portal.orchestrate();
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed).toMatchObject({ reason: 'NamespaceConflict' });
      expect(failed.message).toContain(namespace);
      await portal.delete(id);
      orchestrator.enqueue(id);
      await portal.until(id, ({ state }) => state === 'DELETED');
      expect(await cluster.namespace(namespace)).toEqual(before);
      const written = (await cluster.requestsOf(namespace)).filter(
        ({ verb, code }) => !['get', 'list'].includes(verb) && code < 300,
      );
      expect(written).toEqual([]);
    }),
  );

  it.concurrent(
    'says with which command a label comes back, and heals by it',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace } = await portal.ready('Disowned');
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      const failed = await portal.until(id, ({ state }) => state === 'FAILED');
      expect(failed.reason).toBe('OwnershipRemoved');
      expect(failed.remedy).toContain(
        `kubectl label namespace ${namespace} storeyard.dev/store-id=${id}`,
      );
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.until(id, ({ state }) => state === 'READY');
    }),
  );

  it.concurrent(
    'closes Pod Security again, and takes a new owner over without a restart',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready('Loosened');
      const pods = async () =>
        (await cluster.podsOf(namespace)).map(({ metadata }) => metadata.uid);
      const before = await pods();
      await cluster.patchNamespace(namespace, {
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
      });
      await portal.eventually(
        id,
        async () =>
          (
            await cluster.namespace(namespace)
          )?.metadata.labels?.['pod-security.kubernetes.io/enforce'] ===
          'restricted',
      );
      await portal.stores.changeStore({
        id,
        actor: portal.actor,
        owner: 'group:default/others',
      });
      orchestrator.enqueue(id);
      await portal.eventually(
        id,
        async () =>
          (
            await cluster.namespace(namespace)
          )?.metadata.annotations?.['storeyard.dev/owner'] ===
          'group:default/others',
      );
      expect(await pods()).toEqual(before);
      expect(await portal.get(id)).toMatchObject({
        state: 'READY',
        generation: 1,
      });
    }),
  );

  it.concurrent(
    'says which label has to come back before a store may be deleted',
    onStage(async ({ cluster, portal }) => {
      const { id, namespace, orchestrator } = await portal.ready(
        'Disowned too',
      );
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': null },
      });
      await portal.delete(id);
      orchestrator.enqueue(id);
      const blocked = await portal.until(id, ({ reason }) => Boolean(reason));
      expect(blocked).toMatchObject({
        state: 'DELETING',
        reason: 'OwnershipRemoved',
      });
      await cluster.patchNamespace(namespace, {
        labels: { 'storeyard.dev/store-id': id },
      });
      await portal.until(id, ({ state }) => state === 'DELETED');
    }),
  );
}
