import { DriftingStore } from '../../__testUtils__/DriftingStore';
import type { OnStage } from '../../__testUtils__/useTestCluster';

/** Objects that somebody deletes. */
export function deletedObjects(onStage: OnStage): void {
  it.concurrent(
    'makes deleted objects again',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      for (const [kind, name] of [
        ['Deployment', 'medusa-api'],
        ['StatefulSet', 'postgres'],
        ['Service', 'medusa-api'],
        ['Ingress', 'medusa-api'],
        ['NetworkPolicy', 'default-deny'],
        ['ResourceQuota', 'store'],
        ['ServiceAccount', 'store'],
        ['RoleBinding', 'storeyard-store-worker'],
      ] as const) {
        const object = store.object(kind, name);
        const uid = (await store.get(object))?.metadata.uid;
        expect(uid).toBeDefined();
        await store.expectRepair({
          object,
          act: () => store.cluster.admin.delete(object),
          isRight: live => live.metadata.uid !== uid,
          said: new RegExp(`${kind} '${name}' was deleted`),
        });
      }
    }),
  );

  it.concurrent(
    'brings Secrets back with the same bytes',
    onStage(async stage => {
      const store = await DriftingStore.create(stage);
      const secret = store.object('Secret', 'shop-credentials');
      const before = await store.get(secret);
      expect(Object.keys(before?.data ?? {})).toHaveLength(6);
      await store.expectRepair({
        object: secret,
        act: () => store.cluster.admin.delete(secret),
        isRight: live => live.metadata.uid !== before?.metadata.uid,
        said: /Secret 'shop-credentials' was deleted/,
      });
      expect((await store.get(secret))?.data).toEqual(before?.data);
      await store.expectRepair({
        object: secret,
        act: () =>
          store.cluster.edit(secret, {
            data: { JWT_SECRET: 'b3RoZXI=', extra: 'eA==' },
          }),
        isRight: live => live.data?.JWT_SECRET === before?.data?.JWT_SECRET,
        said: /data\.JWT_SECRET was changed by field manager 'kubectl-edit'/,
      });
      await store.until(async () => !(await store.get(secret))?.data?.extra);
      expect((await store.get(secret))?.data).toEqual(before?.data);
      expect(JSON.stringify(await store.events('repaired'))).not.toContain(
        'b3RoZXI=',
      );
    }),
  );
}
