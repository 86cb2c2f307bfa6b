import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { charts, valuesFile } from './testbed/charts';
import { ChartTestbed, installation } from './testbed/ChartTestbed';
import { ChartObject, find, keyOf, renderChart } from './testbed/renderChart';

jest.setTimeout(120_000);

describe('a release of the store chart', () => {
  let testbed: ChartTestbed;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storeyard-release-'));
    testbed = await ChartTestbed.start();
  }, 180_000);

  afterAll(async () => {
    await testbed?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const objectsIn = async (
    namespace: string,
    kinds: string,
  ): Promise<ChartObject[]> =>
    (
      await testbed.admin.json<{ items: ChartObject[] }>([
        'get',
        kinds,
        `--namespace=${namespace}`,
      ])
    ).items;

  describe('that a person installs', () => {
    const namespace = 'store-corner';
    const release = [
      'corner',
      charts.store,
      '--values',
      valuesFile(charts.store, 'local'),
    ];
    const secrets = async () =>
      Object.fromEntries(
        (await objectsIn(namespace, 'secrets'))
          .filter(({ metadata }) => !metadata.name.startsWith('sh.helm.'))
          .map(({ metadata, data }) => [metadata.name, data]),
      );
    const claim = async () => {
      const claims = await objectsIn(namespace, 'persistentvolumeclaims');
      return find(
        claims.map(object => ({ ...object, kind: 'PersistentVolumeClaim' })),
        'PersistentVolumeClaim',
        'uploads',
      ).metadata.uid;
    };

    it('makes its namespace, says where the shop is, and keeps its secrets over upgrades', async () => {
      const notes = await testbed.admin.helm(['install', ...release]);
      expect(notes).toContain('http://corner.localhost:8080/app');
      const made = await secrets();
      expect(Object.keys(made).sort()).toEqual([
        'database-credentials',
        'shop-credentials',
      ]);
      await testbed.admin.helm([
        'upgrade',
        ...release,
        '--set',
        'store.generation=2',
      ]);
      expect(await secrets()).toEqual(made);
      const [deployment] = await objectsIn(namespace, 'deployments');
      expect(
        deployment?.metadata.annotations?.['storeyard.dev/generation'],
      ).toBe('2');
    });

    it('makes again what of a Secret is lost, and leaves the rest', async () => {
      const before = await secrets();
      await testbed.admin.run([
        'patch',
        'secret',
        'shop-credentials',
        `--namespace=${namespace}`,
        '--type=json',
        '--patch=[{"op":"remove","path":"/data/ADMIN_PASSWORD"}]',
      ]);
      await testbed.admin.helm(['upgrade', ...release]);
      const after = await secrets();
      const { ADMIN_PASSWORD: lost, ...kept } =
        before['shop-credentials'] ?? {};
      expect(after['shop-credentials']).toEqual({
        ...kept,
        ADMIN_PASSWORD: expect.any(String),
      });
      expect(after['shop-credentials']?.ADMIN_PASSWORD).not.toBe(lost);
      expect(after['database-credentials']).toEqual(
        before['database-credentials'],
      );
    });

    it('leaves volumes and secrets when it is uninstalled, and takes them up when installed again', async () => {
      const before = { secrets: await secrets(), claim: await claim() };
      await testbed.admin.helm(['uninstall', 'corner']);
      expect(
        (
          await objectsIn(
            namespace,
            'deployments,statefulsets,services,ingresses,networkpolicies,resourcequotas,limitranges',
          )
        ).map(({ metadata }) => metadata.name),
      ).toEqual([]);
      expect({ secrets: await secrets(), claim: await claim() }).toEqual(
        before,
      );
      await testbed.admin.helm(['install', ...release]);
      expect({ secrets: await secrets(), claim: await claim() }).toEqual(
        before,
      );
      await testbed.admin.helm(['uninstall', 'corner']);
    });
  });

  describe('that Helm records after everything was applied', () => {
    const id = 'applied-a1b2c';
    const namespace = `store-${id}`;
    const valuesOf = (generation: number) => ({
      store: { id, name: 'Applied', owner: 'group:default/team-a', generation },
      installation,
      namespace: { create: false },
      secrets: { database: 'database-credentials', shop: 'shop-credentials' },
    });
    const kinds =
      'serviceaccounts,resourcequotas,limitranges,networkpolicies,persistentvolumeclaims,services,deployments,statefulsets,ingresses';

    async function applyAs(generation: number): Promise<void> {
      const objects = await renderChart({
        chart: charts.store,
        release: id,
        namespace,
        valuesFiles: [valuesFile(charts.store, 'local')],
        values: valuesOf(generation),
        withoutHooks: true,
      });
      expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
      for (const { metadata } of objects) {
        metadata.labels = {
          ...metadata.labels,
          'app.kubernetes.io/managed-by': 'Helm',
        };
        metadata.annotations = {
          ...metadata.annotations,
          'meta.helm.sh/release-name': id,
          'meta.helm.sh/release-namespace': namespace,
        };
      }
      await testbed.portal.run(
        [
          'apply',
          '--server-side',
          '--force-conflicts',
          '--field-manager=helm',
          '-f',
          '-',
        ],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      );
    }

    async function record(generation: number): Promise<void> {
      const file = join(folder, 'values.json');
      await writeFile(file, JSON.stringify(valuesOf(generation)));
      await testbed.portal.helm([
        'upgrade',
        '--install',
        id,
        charts.store,
        '--namespace',
        namespace,
        '--values',
        valuesFile(charts.store, 'local'),
        '--values',
        file,
        '--server-side=true',
        '--force-conflicts',
        '--take-ownership',
        '--history-max',
        '5',
      ]);
    }

    /** Every object's version: it moves with any change, a controller's too. */
    const versions = async () =>
      Object.fromEntries(
        (await objectsIn(namespace, kinds)).map(object => [
          keyOf(object),
          object.metadata.resourceVersion,
        ]),
      );

    /** Until the controllers have no more to say about what was applied. */
    async function settledVersions() {
      let last = await versions();
      for (;;) {
        await new Promise(resolve => setTimeout(resolve, 1_000));
        const next = await versions();
        if (JSON.stringify(next) === JSON.stringify(last)) {
          return next;
        }
        last = next;
      }
    }

    beforeAll(async () => {
      await testbed.createStoreNamespace(id);
    });

    it('is written and no object with it, at first and at every generation after', async () => {
      for (const generation of [1, 2]) {
        await applyAs(generation);
        // An unbound claim is written once more at its first apply after its creation, without a change in it.
        await applyAs(generation);
        const before = await settledVersions();
        expect(Object.keys(before)).toEqual(
          expect.arrayContaining([
            'Deployment/medusa-api',
            'StatefulSet/postgres',
            'Ingress/medusa-api',
            'NetworkPolicy/default-deny',
          ]),
        );
        await record(generation);
        expect(await versions()).toEqual(before);
      }
      const history = JSON.parse(
        await testbed.portal.helm([
          'history',
          id,
          '--namespace',
          namespace,
          '-o',
          'json',
        ]),
      ) as Array<{ status: string }>;
      expect(history.map(({ status }) => status)).toEqual([
        'superseded',
        'deployed',
      ]);
    });

    it('is refused where it would put back an older generation', async () => {
      await expect(record(1)).rejects.toThrow('an older generation');
      await record(2);
    });

    it("lets the portal's account uninstall it, down to the volumes", async () => {
      await testbed.portal.helm(['uninstall', id, '--namespace', namespace]);
      const left = await objectsIn(namespace, `${kinds},configmaps,secrets`);
      expect(left.map(keyOf).sort()).toEqual([
        'ConfigMap/kube-root-ca.crt',
        'PersistentVolumeClaim/data-postgres-0',
        'PersistentVolumeClaim/uploads',
        'ServiceAccount/default',
      ]);
    });
  });
});
