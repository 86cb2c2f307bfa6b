import type { ObjectReference } from '../../../cluster';
import { DriftingStore, type Live } from '../../__testUtils__/DriftingStore';
import type { OnStage } from '../../__testUtils__/useTestCluster';

/** Objects that somebody edits: what is ours is put back, and what is not is left alone. */
export function editedObjects(onStage: OnStage): void {
  it.concurrent(
    'puts right what was edited in a Service, an Ingress and a quota, and says who it was',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, service } = store;
      await store.expectRepair({
        object: service,
        act: () =>
          cluster.edit(
            service,
            { spec: { ports: [{ name: 'debug', port: 9229 }] } },
            { type: 'strategic-merge' },
          ),
        isRight: live => live.spec.ports.length === 1,
        said: /Service 'medusa-api': spec\.ports\[port=9229,protocol=TCP\] was added by field manager 'kubectl-edit'/,
      });
      await store.expectRepair({
        object: service,
        act: () =>
          cluster.edit(
            service,
            [{ op: 'replace', path: '/spec/ports/0/port', value: 81 }],
            { type: 'json' },
          ),
        isRight: live =>
          live.spec.ports.length === 1 && live.spec.ports[0]?.port === 80,
        said: /spec\.ports\[port=81,protocol=TCP\] was added by field manager 'kubectl-edit'/,
      });
      const ingress = store.object('Ingress', 'medusa-api');
      await store.expectRepair({
        object: ingress,
        act: () =>
          cluster.edit(
            ingress,
            [
              {
                op: 'replace',
                path: '/spec/rules/0/host',
                value: 'evil.example.org',
              },
            ],
            { type: 'json' },
          ),
        isRight: live => live.spec.rules[0]?.host === `${store.id}.localhost`,
        said: /Ingress 'medusa-api': spec\.rules was changed by field manager 'kubectl-edit'/,
      });
      const quota = store.object('ResourceQuota', 'store');
      await store.expectRepair({
        object: quota,
        act: () => cluster.edit(quota, { spec: { hard: { pods: '100' } } }),
        isRight: live => live.spec.hard.pods !== '100',
        said: /spec\.hard\.pods was changed by field manager 'kubectl-edit'/,
      });
    }),
  );

  it.concurrent(
    'puts right what was edited in a Deployment, and says who it was, but no value',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, deployment } = store;
      const editContainers = (containers: object[], manager?: string) =>
        cluster.edit(
          deployment,
          { spec: { template: { spec: { containers } } } },
          { type: 'strategic-merge', manager },
        );
      await store.expectRepair({
        object: deployment,
        act: () =>
          editContainers([{ name: 'spy', image: 'spy:1' }], 'injector'),
        isRight: live => containersOf(live).length === 1,
        said: /containers\[name=spy\] was added by field manager 'injector'/,
      });
      await store.expectRepair({
        object: deployment,
        act: () =>
          editContainers([
            { name: 'medusa', env: [{ name: 'DEBUG', value: 'hidden' }] },
          ]),
        isRight: live =>
          !containersOf(live)[0].env.some(({ name }) => name === 'DEBUG'),
        said: /env\[name=DEBUG\] was added by field manager 'kubectl-edit'/,
      });
      expect(JSON.stringify(await store.events('repaired'))).not.toContain(
        'hidden',
      );
      await store.expectRepair({
        object: deployment,
        act: () =>
          editContainers([{ name: 'medusa', image: 'other:1' }], 'kubectl-set'),
        isRight: live => containersOf(live)[0].image !== 'other:1',
        said: /containers\[name=medusa\]\.image was changed by field manager 'kubectl-set'/,
      });
      await store.expectRepair({
        object: deployment,
        act: () =>
          cluster.edit(
            deployment,
            { spec: { replicas: 0 } },
            { subresource: 'scale', manager: 'kubectl' },
          ),
        isRight: live => live.spec.replicas === 1,
        // The API server takes a scale of nothing for no field, which nobody holds.
        said: /spec\.replicas was changed, by whom the API server does not say/,
      });
    }),
  );

  it.concurrent(
    'puts our label back that was taken off',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const takeLabelOff = (object: ObjectReference) =>
        store.expectRepair({
          object,
          act: () =>
            store.cluster.edit(object, {
              metadata: { labels: { 'storeyard.dev/store-id': null } },
            }),
          isRight: live =>
            live.metadata.labels?.['storeyard.dev/store-id'] === store.id,
          said: /metadata\.labels\['storeyard\.dev\/store-id'\] was removed/,
        });
      await takeLabelOff(store.deployment);
      await takeLabelOff(store.service);
      await takeLabelOff(store.object('PersistentVolumeClaim', 'uploads'));
    }),
  );

  it.concurrent(
    'leaves alone what others write by right, and asks the API server for nothing',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, deployment } = store;
      const ingress = store.object('Ingress', 'medusa-api');
      await cluster.edit(
        deployment,
        {
          metadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
          spec: {
            template: {
              metadata: {
                annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' },
              },
            },
          },
        },
        { manager: 'kubectl-rollout' },
      );
      await cluster.edit(
        ingress,
        { status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } } },
        { subresource: 'status', manager: 'traefik' },
      );
      const since = new Date();
      // One more change, which is drift: once it is undone, those before it were judged as well.
      await cluster.edit(store.service, {
        metadata: { labels: { 'storeyard.dev/store-id': null } },
      });
      await store.until(
        async () => (await store.events('repaired')).length > 0,
      );
      const live = await store.get(deployment);
      expect(live?.metadata.labels?.team).toBe('a');
      expect(live?.metadata.annotations?.note).toBe('b');
      expect(
        live?.spec.template.metadata.annotations[
          'kubectl.kubernetes.io/restartedAt'
        ],
      ).toBe('now');
      expect((await store.get(ingress))?.status).toEqual({
        loadBalancer: { ingress: [{ ip: '10.0.0.1' }] },
      });
      expect(await store.events('repaired')).toHaveLength(1);
      const written = (await cluster.requestsOf(store.namespace)).filter(
        ({ at, verb }) =>
          at > since && !['get', 'list', 'watch'].includes(verb),
      );
      expect(written.map(({ resource }) => resource)).toEqual(['services']);
    }),
  );
}

function containersOf(live: Live) {
  return live.spec.template.spec.containers;
}
