import { DriftingStore, type Live } from '../../__testUtils__/DriftingStore';
import type { OnStage } from '../../__testUtils__/useTestCluster';

/** A person's Helm, and one that was killed. */
export function helmByHand(onStage: OnStage): void {
  it.concurrent(
    'puts right what helm upgrade, rollback and uninstall do by hand',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, deployment, id, namespace } = store;
      const { revision: first } = await latestOf(store);
      const changed = {
        object: deployment,
        isRight: (live: Live) =>
          live.spec.template.spec.terminationGracePeriodSeconds !== 77,
        said: /terminationGracePeriodSeconds was changed by field manager 'helm'/,
      };
      await store.expectRepair({
        ...changed,
        act: () =>
          cluster.helm(
            ...['upgrade', id, cluster.chart, '-n', namespace],
            ...[
              '--reuse-values',
              '--set',
              'medusa.terminationGracePeriodSeconds=77',
            ],
            '--force-conflicts',
          ),
      });
      const isRecordOurs = async () => {
        const values = JSON.parse(
          await cluster.helm('get', 'values', id, '-n', namespace, '-ojson'),
        );
        return values.medusa?.terminationGracePeriodSeconds === undefined;
      };
      await store.until(isRecordOurs);
      expect((await latestOf(store)).revision).toBeGreaterThan(first + 1);
      // To the revision by hand: its objects drift, its record isn't ours.
      await store.expectRepair({
        ...changed,
        act: () =>
          cluster.helm(
            ...['rollback', id, String(first + 1), '-n', namespace],
            '--force-conflicts',
          ),
      });
      await store.until(isRecordOurs);
      const uid = (await store.get(deployment))?.metadata.uid;
      const uploads = store.object('PersistentVolumeClaim', 'uploads');
      const claim = (await store.get(uploads))?.metadata.uid;
      await store.expectRepair({
        object: deployment,
        act: () => cluster.helm('uninstall', id, '-n', namespace),
        isRight: live => live.metadata.uid !== uid,
        said: /Deployment 'medusa-api' was deleted/,
      });
      await store.until(async () =>
        (
          await cluster.helm('list', '-n', namespace, '-ojson')
        ).includes('"deployed"'),
      );
      expect((await store.get(uploads))?.metadata.uid).toBe(claim);
      expect((await store.portal.get(id)).state).not.toBe('FAILED');
    }),
  );

  it.concurrent(
    'writes the record anew that a killed Helm left behind, but not one of a Helm at work',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const { cluster, id, namespace } = store;
      const { revision: before } = await latestOf(store);
      const pending = store.object(
        'Secret',
        `sh.helm.release.v1.${id}.v${before + 1}`,
      );
      const leave = async (minutesAgo: number) =>
        await cluster.admin.create({
          ...pending,
          type: 'helm.sh/release.v1',
          metadata: {
            ...pending.metadata,
            labels: {
              owner: 'helm',
              name: id,
              status: 'pending-upgrade',
              version: String(before + 1),
              createdAt: String(
                Math.floor(Date.now() / 1000) - minutesAgo * 60,
              ),
            },
          },
          data: { release: '' },
        });
      await leave(1);
      const seen = (await cluster.requestsOf(namespace)).length;
      await store.until(async () =>
        (await cluster.requestsOf(namespace))
          .slice(seen)
          .some(
            ({ verb, resource }) => verb === 'list' && resource === 'secrets',
          ),
      );
      expect(await store.get(pending)).toBeDefined();
      await cluster.admin.delete(pending);
      await leave(11);
      await store.until(
        async () => (await latestOf(store)).status === 'deployed',
      );
      await store.untilToldOf(/left 'pending-upgrade'/);
    }),
  );
}

async function latestOf({
  cluster,
  id,
  namespace,
}: DriftingStore): Promise<{ revision: number; status: string }> {
  const history = await cluster.helm(
    ...['history', id, '-n', namespace, '-o', 'json', '--max=1'],
  );
  return JSON.parse(history)[0];
}
