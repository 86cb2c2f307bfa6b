/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectGolden"] }] */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { programs } from '@storeyard/local-cluster';
import { execa } from 'execa';
import { parse } from 'yaml';
import { charts, valuesFile } from './testbed/charts';
import { expectGolden } from './testbed/golden';
import { ChartObject, find, keyOf, renderChart } from './testbed/renderChart';

jest.setTimeout(60_000);

const local = [valuesFile(charts.store, 'local')];
const prod = [valuesFile(charts.store, 'prod')];
const environment = (object: ChartObject): Record<string, string> =>
  Object.fromEntries(
    (object.spec?.template?.spec.containers[0]?.env ?? []).map(entry => [
      entry.name,
      entry.value,
    ]),
  );

describe.each(['local', 'prod'] as const)('with values-%s.yaml', name => {
  it('the store renders as committed', async () => {
    await expectGolden(
      `medusa-store-${name}`,
      await renderChart({
        chart: charts.store,
        valuesFiles: [valuesFile(charts.store, name)],
      }),
    );
  });

  it('the platform renders as committed', async () => {
    await expectGolden(
      `platform-${name}`,
      await renderChart({
        chart: charts.platform,
        release: 'platform',
        namespace: 'platform',
        valuesFiles: [valuesFile(charts.platform, name)],
      }),
    );
  });

  it.each(['store', 'platform'] as const)(
    'helm lint has nothing to say on the %s',
    async chart => {
      const result = await execa(
        programs().helm,
        [
          'lint',
          '--strict',
          charts[chart],
          '--values',
          valuesFile(charts[chart], name),
        ],
        { reject: false },
      );
      expect(result.stdout).toContain('1 chart(s) linted, 0 chart(s) failed');
      expect(result.stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
      expect(result.exitCode).toBe(0);
    },
  );
});

describe('a store', () => {
  it('has every kind, by the command that the README names', async () => {
    const { stdout } = await execa(programs().helm, [
      'template',
      'test',
      charts.store,
      '-f',
      ...local,
      '--set',
      'store.id=test',
    ]);
    for (const kind of [
      'Namespace',
      'Deployment',
      'StatefulSet',
      'Service',
      'Ingress',
      'PersistentVolumeClaim',
      'Secret',
      'ResourceQuota',
      'LimitRange',
      'NetworkPolicy',
      'ServiceAccount',
    ]) {
      expect(stdout).toMatch(new RegExp(`^kind: ${kind}$`, 'm'));
    }
  });

  it('says on every object which store, generation and installation it is of', async () => {
    const installation = '0f9b7a3e-3c1b-4a5d-9a55-6d1c2e3f4a5b';
    const objects = await renderChart({
      chart: charts.store,
      values: {
        store: { id: 'shoes-a1b2c', generation: 1234567 },
        installation,
      },
    });
    expect(objects.length).toBeGreaterThan(15);
    for (const object of objects) {
      expect([keyOf(object), object.metadata.annotations]).toEqual([
        keyOf(object),
        expect.objectContaining({ 'storeyard.dev/generation': '1234567' }),
      ]);
      expect([keyOf(object), object.metadata.labels]).toEqual([
        keyOf(object),
        expect.objectContaining({
          'storeyard.dev/store-id': 'shoes-a1b2c',
          'storeyard.dev/installation': installation,
          'app.kubernetes.io/part-of': 'storeyard',
          'app.kubernetes.io/managed-by': 'Helm',
        }),
      ]);
      expect([keyOf(object), object.metadata.namespace]).toEqual([
        keyOf(object),
        object.kind === 'Namespace' ? undefined : 'store-shoes-a1b2c',
      ]);
    }
  });

  it('restarts no pod for a new generation, and changes nothing that can not change', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(generation =>
        renderChart({
          chart: charts.store,
          values: { store: { generation } },
        }),
      ),
    );
    for (const [kind, name] of [
      ['Deployment', 'medusa-api'],
      ['StatefulSet', 'postgres'],
    ] as const) {
      expect(find(first!, kind, name).spec).toEqual(
        find(second!, kind, name).spec,
      );
    }
  });

  it('takes its id from the release when none is given', async () => {
    const objects = await renderChart({
      chart: charts.store,
      release: 'corner-shop',
    });
    expect(find(objects, 'Namespace', 'store-corner-shop')).toBeDefined();
    await expect(
      renderChart({ chart: charts.store, release: 'corner.shop' }),
    ).rejects.toThrow("store.id: 'corner.shop' is not a DNS label");
  });

  it('refuses to make the namespace that its release is recorded in', async () => {
    const options = { chart: charts.store, namespace: 'store-test' };
    await expect(renderChart(options)).rejects.toThrow('namespace.create');
    const objects = await renderChart({
      ...options,
      values: { namespace: { create: false } },
    });
    expect(objects.map(({ kind }) => kind)).not.toContain('Namespace');
  });

  it('renders no Secret when names are given, and the same every time', async () => {
    const options = {
      chart: charts.store,
      namespace: 'store-test',
      values: {
        namespace: { create: false },
        secrets: { database: 'own-database', shop: 'own-shop' },
      },
    };
    const [first, second] = await Promise.all([
      renderChart(options),
      renderChart(options),
    ]);
    expect(first).toEqual(second);
    expect(first!.map(({ kind }) => kind)).not.toContain('Secret');
    const text = JSON.stringify(first);
    expect(text).toContain('"own-database"');
    expect(text).toContain('"own-shop"');
    expect(text).not.toMatch(/"(database|shop)-credentials"/);
  });

  it('makes other secrets for each store, as strings whatever they look like', async () => {
    const [first, second] = await Promise.all(
      ['a', 'b'].map(id =>
        renderChart({ chart: charts.store, values: { store: { id } } }),
      ),
    );
    const { data = {} } = find(first!, 'Secret', 'shop-credentials');
    const other = find(second!, 'Secret', 'shop-credentials').data ?? {};
    expect(Object.keys(data)).toHaveLength(6);
    for (const [key, value] of Object.entries(data)) {
      expect([key, typeof value]).toEqual([key, 'string']);
      expect(other[key]).not.toBe(value);
    }
    const plain = (key: string) =>
      Buffer.from(data[key] ?? '', 'base64').toString();
    expect(plain('AUTH_MFA_ENCRYPTION_KEY')).toMatch(/^[0-9a-f]{64}$/);
    expect(plain('PUBLISHABLE_API_KEY')).toMatch(/^pk_[0-9a-f]{64}$/);
    expect(plain('DATABASE_URL')).toMatch(
      /^postgres:\/\/store:[A-Za-z0-9]{40}@postgres:5432\/store$/,
    );
  });

  it('answers under its host and all aliases, and allows just these origins', async () => {
    const objects = await renderChart({
      chart: charts.store,
      valuesFiles: local,
    });
    const hosts = [
      'test.localhost',
      'test.localhost.nip.io',
      'test.127.0.0.1.nip.io',
    ];
    expect(
      find(objects, 'Ingress', 'medusa-api').spec?.rules?.map(
        ({ host }) => host,
      ),
    ).toEqual(hosts);
    const env = environment(find(objects, 'Deployment', 'medusa-api'));
    expect(env.MEDUSA_BACKEND_URL).toBe('http://test.localhost:8080');
    expect(env.COOKIE_SECURE).toBe('false');
    for (const name of ['STORE_CORS', 'ADMIN_CORS', 'AUTH_CORS']) {
      expect(env[name]).toBe(hosts.map(host => `http://${host}:8080`).join());
    }
  });

  it.each([
    ['http', 80, 'http://test.localhost'],
    ['http', 443, 'http://test.localhost:443'],
    ['https', 443, 'https://test.localhost'],
    ['https', 8443, 'https://test.localhost:8443'],
  ])('by %s on port %i is at %s', async (scheme, port, url) => {
    const objects = await renderChart({
      chart: charts.store,
      values: { ingress: { scheme, port } },
    });
    const env = environment(find(objects, 'Deployment', 'medusa-api'));
    expect(env.MEDUSA_BACKEND_URL).toBe(url);
    expect(env.COOKIE_SECURE).toBe(String(scheme === 'https'));
  });

  it.each([
    ["the controller's default certificate", {}, undefined, undefined],
    ['a Secret that is there', { secretName: 'own' }, 'own', undefined],
    [
      'a certificate of its own',
      { clusterIssuer: 'letsencrypt' },
      'medusa-api-tls',
      'letsencrypt',
    ],
  ])('serves TLS with %s', async (_, tls, secretName, issuer) => {
    const objects = await renderChart({
      chart: charts.store,
      valuesFiles: prod,
      values: { ingress: { tls } },
    });
    const ingress = find(objects, 'Ingress', 'medusa-api');
    expect(ingress.spec?.tls).toEqual([
      { hosts: ['test.shops.example.com'], ...(secretName && { secretName }) },
    ]);
    expect(
      ingress.metadata.annotations?.['cert-manager.io/cluster-issuer'],
    ).toBe(issuer);
  });

  it('reaches the internet only when asked to, and no private range even then', async () => {
    const policyOf = async (enabled: boolean) =>
      find(
        await renderChart({
          chart: charts.store,
          values: { network: { internetEgress: { enabled } } },
        }),
        'NetworkPolicy',
        'medusa-api',
      ).spec?.egress;
    expect(await policyOf(false)).toHaveLength(1);
    const [, internet] = (await policyOf(true)) ?? [];
    expect(internet?.to?.[0]?.ipBlock?.except).toEqual(
      expect.arrayContaining([
        '10.0.0.0/8',
        '169.254.0.0/16',
        '172.16.0.0/12',
        '192.168.0.0/16',
      ]),
    );
  });

  it('keeps its data when the release is uninstalled', async () => {
    const objects = await renderChart({ chart: charts.store });
    const kept = objects.filter(
      ({ metadata }) =>
        metadata.annotations?.['helm.sh/resource-policy'] === 'keep',
    );
    expect(kept.map(keyOf).sort()).toEqual([
      'Namespace/store-test',
      'PersistentVolumeClaim/uploads',
      'Secret/database-credentials',
      'Secret/shop-credentials',
    ]);
  });

  it("has the store image's Medusa as its default", async () => {
    const chart = parse(
      await readFile(resolve(charts.store, 'Chart.yaml'), 'utf8'),
    );
    const app = JSON.parse(
      await readFile(
        resolve(__dirname, '../../../store-image/app/package.json'),
        'utf8',
      ),
    );
    expect(chart.appVersion).toBe(app.dependencies['@medusajs/medusa']);
  });
});
