import { charts, valuesFile } from './testbed/charts';
import { ChartTestbed, storeNamespace } from './testbed/ChartTestbed';
import {
  ChartObject,
  ChartPodSpec,
  keyOf,
  renderChart,
} from './testbed/renderChart';
import { waitFor } from '../testbed/waitFor';

jest.setTimeout(120_000);

const list = (items: unknown[]) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** The pods that a chart leads to, by the name of what makes them. */
function podsOf(objects: ChartObject[]): Array<[string, ChartPodSpec]> {
  return objects.flatMap((object): Array<[string, ChartPodSpec]> => {
    if (object.kind === 'Pod') {
      return [[keyOf(object), object.spec as ChartPodSpec]];
    }
    const spec = object.spec?.template?.spec;
    if (!spec) {
      return [];
    }
    const claims = (object.spec?.volumeClaimTemplates ?? []).map(
      ({ metadata }) => ({
        name: metadata.name,
        persistentVolumeClaim: { claimName: `${metadata.name}-0` },
      }),
    );
    return [
      [
        keyOf(object),
        { ...spec, volumes: [...(spec.volumes ?? []), ...claims] },
      ],
    ];
  });
}

describe('a real API server', () => {
  let testbed: ChartTestbed;

  beforeAll(async () => {
    testbed = await ChartTestbed.start();
  }, 180_000);

  afterAll(async () => {
    await testbed?.stop();
  });

  describe.each(['local', 'prod'] as const)('with values-%s.yaml', name => {
    let objects: ChartObject[];
    const namespace = `store-${name}`;

    beforeAll(async () => {
      objects = await renderChart({
        chart: charts.store,
        release: name,
        valuesFiles: [valuesFile(charts.store, name)],
      });
      await testbed.admin.run(
        ['create', '-f', '-'],
        storeNamespace(namespace, name),
      );
    });

    it('accepts every object, dry and for real', async () => {
      expect(objects.length).toBeGreaterThan(15);
      const apply = (items: ChartObject[], ...flags: string[]) =>
        testbed.admin.run(
          [
            'apply',
            '--server-side',
            '--validate=strict',
            '--field-manager=helm',
            ...flags,
            '-f',
            '-',
          ],
          list(items),
        );
      // A pod is not even tried without its service account.
      const withoutPod = objects.filter(({ kind }) => kind !== 'Pod');
      await apply(withoutPod, '--dry-run=server');
      // A quota refuses what it counts until it has counted for the first time.
      await waitFor({ what: 'all is applied' }, async () => {
        const answer = await apply(objects);
        expect(answer.trim().split('\n')).toHaveLength(objects.length);
        return true;
      });
    });

    it('accepts each of its pods under Pod Security restricted, and none that is weaker', async () => {
      const pods = podsOf(objects);
      expect(pods.map(([owner]) => owner).sort()).toEqual([
        'Deployment/medusa-api',
        'Pod/medusa-api-test',
        'StatefulSet/postgres',
      ]);
      const tryPod = (spec: unknown) =>
        testbed.admin.try(
          ['create', '--dry-run=server', '-f', '-'],
          JSON.stringify({
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'tried', namespace },
            spec,
          }),
        );
      for (const [owner, spec] of pods) {
        const accepted = await tryPod(spec);
        expect([owner, accepted.stderr, accepted.exitCode]).toEqual([
          owner,
          '',
          0,
        ]);
        const container = spec.containers[0];
        const withSecurity = (changes: unknown) => ({
          ...spec,
          containers: [
            {
              ...container,
              securityContext: {
                ...container?.securityContext,
                ...(changes as object),
              },
            },
          ],
        });
        for (const weaker of [
          withSecurity({ allowPrivilegeEscalation: true }),
          withSecurity({ privileged: true, allowPrivilegeEscalation: true }),
          withSecurity({ capabilities: {} }),
          withSecurity({ runAsUser: 0 }),
          { ...spec, securityContext: {} },
          { ...spec, hostNetwork: true },
          {
            ...spec,
            volumes: [
              ...(spec.volumes ?? []),
              { name: 'host', hostPath: { path: '/' } },
            ],
          },
        ]) {
          const refused = await tryPod(weaker);
          expect(refused.stderr).toContain(
            'violates PodSecurity "restricted:latest"',
          );
        }
      }
    });

    it('has room in its quota for shop, database, volumes and test, and an end', async () => {
      await waitFor({ what: 'the pods of both workloads' }, async () => {
        const pods = await testbed.admin.json<{ items: ChartObject[] }>([
          'get',
          'pods',
          `--namespace=${namespace}`,
        ]);
        // The test's pod was applied with the rest.
        return pods.items.length === 3;
      });
      const claims = await testbed.admin.json<{ items: ChartObject[] }>([
        'get',
        'persistentvolumeclaims',
        `--namespace=${namespace}`,
      ]);
      expect(claims.items.map(({ metadata }) => metadata.name).sort()).toEqual([
        'data-postgres-0',
        'uploads',
      ]);
      const claim = (storage: string) =>
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'more', namespace },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage } },
          },
        });
      const create = ['create', '--dry-run=server', '-f', '-'];
      expect((await testbed.admin.try(create, claim('1Gi'))).exitCode).toBe(0);
      expect(
        (await testbed.admin.try(create, claim('100Gi'))).stderr,
      ).toContain('exceeded quota: store');
    });

    it('gives limits to a container that has none, and refuses too large a one', async () => {
      const pod = (resources: unknown) => {
        const [, spec] = podsOf(objects)[0] ?? [];
        return JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'plain', namespace },
          spec: {
            ...spec,
            containers: [{ ...spec?.containers[0], resources }],
          },
        });
      };
      const create = ['create', '--dry-run=server', '-o', 'json', '-f', '-'];
      const made = JSON.parse(await testbed.admin.run(create, pod({})));
      expect(made.spec.containers[0].resources).toEqual({
        limits: { cpu: '500m', memory: '128Mi' },
        requests: { cpu: '50m', memory: '64Mi' },
      });
      const refused = await testbed.admin.try(
        create,
        pod({ limits: { memory: '64Gi' } }),
      );
      expect(refused.stderr).toContain('maximum memory usage per Container is');
    });
  });
});
