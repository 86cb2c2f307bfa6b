import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { charts, valuesFile } from './testbed/charts';
import { helmTemplate } from './testbed/renderChart';

jest.setTimeout(120_000);

type Values = { [key: string]: unknown };

/** `{ a: { b: value } }` of `a.b` (a dot inside of a key is written `\.`). */
function valuesAt(path: string[], value: unknown): Values {
  const [key = '', ...rest] = path;
  return { [key]: rest.length > 0 ? valuesAt(rest, value) : value };
}

const pathOf = (dotted: string) =>
  dotted.split(/(?<!\\)\./).map(key => key.replace('\\.', '.'));

async function refusal(chart: string, values: Values): Promise<string> {
  const result = await helmTemplate({
    chart,
    valuesFiles: [valuesFile(chart, 'local')],
    values,
  });
  expect(result.exitCode).not.toBe(0);
  return result.stderr;
}

describe("the store's values", () => {
  it.each<[field: string, value: unknown]>([
    ['store.id', 'Has-Capitals'],
    ['store.id', '-leading-dash'],
    ['store.id', 'dotted.name'],
    ['store.id', 'a'.repeat(41)],
    ['store.id', 42],
    ['store.owner', 'team a'],
    ['store.generation', 0],
    ['store.generation', '1'],
    ['installation', 'ours'],
    ['namespace.create', 'yes'],
    ['namespace.podSecurityVersion', '1.36'],
    ['image.repository', 'Registry/With Spaces'],
    ['image.tag', 'a/b'],
    ['image.pullPolicy', 'Sometimes'],
    ['postgres.image.tag', ''],
    ['postgres.replicas', 2],
    ['postgres.storage', '1 GB'],
    ['postgres.resources.limits.memory', '256MB'],
    ['medusa.replicas', -1],
    ['medusa.uploads', '-1Gi'],
    ['medusa.heapMegabytes', 64],
    ['medusa.preStopSeconds', 1.5],
    ['shop.currency', 'EUR'],
    ['shop.countries', []],
    ['shop.countries', 'de'],
    ['shop.countries', ['de', 'de']],
    ['shop.demoProducts', 'true'],
    ['shop.adminEmail', 'nobody'],
    ['ingress.baseDomain', ''],
    ['ingress.baseDomain', 'shops.example.com.'],
    ['ingress.baseDomain', 'under_score.example.com'],
    ['ingress.scheme', 'ftp'],
    ['ingress.port', 70000],
    ['ingress.aliasDomains', ['*.example.com']],
    ['ingress.annotations', { key: 1 }],
    ['ingress.annotations', { 'storeyard.dev/generation': '9' }],
    ['ingress.controller.podLabels', { 'app.kubernetes.io/name': null }],
    ['network.internetEgress.except', ['10.0.0.0']],
    ['storageClassName', 'Fast SSD'],
    ['quota.pods', 'many'],
    ['limits.max.cpu', 'fast'],
  ])('refuse %s = %j', async (field, value) => {
    const message = await refusal(charts.store, valuesAt(pathOf(field), value));
    expect(message).toContain(`'/${field.replaceAll('.', '/')}`);
  });

  it.each([
    [{ secrets: { database: 'mine' } }, '/secrets/shop'],
    [{ secrets: { shop: 'mine' } }, '/secrets/shop'],
    [{ ingress: { tls: { enabled: true } } }, '/ingress/scheme'],
    [
      { medusa: { resources: { limits: { memory: null } } } },
      '/medusa/resources/limits',
    ],
  ])('refuse %j alone', async (values, field) => {
    expect(await refusal(charts.store, values)).toContain(`'${field}'`);
  });
});

describe("the platform's values", () => {
  it.each<[field: string, value: unknown]>([
    ['serviceAccount.name', 'Platform API'],
    ['serviceAccount.token.create', 'true'],
    ['roles.worker', ''],
    ['namespacePrefix', ''],
    ['namespacePrefix', 'kube'],
    ['labelPrefix', "x' || true || 'y"],
    ['podSecurityVersion', 'newest'],
  ])('refuse %s = %j', async (field, value) => {
    const message = await refusal(
      charts.platform,
      valuesAt(pathOf(field), value),
    );
    expect(message).toContain(`'/${field.replaceAll('.', '/')}'`);
  });
});

/** Whatever a person may write there; their keys can't be known. */
const open = new Set([
  'ingress.annotations',
  'ingress.controller.podLabels',
  'network.dns.podLabels',
  'serviceAccount.annotations',
]);

function objectsIn(values: Values, path: string[] = []): string[][] {
  return [
    ...(open.has(path.join('.')) ? [] : [path]),
    ...Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? objectsIn(value as Values, [...path, key])
        : [],
    ),
  ];
}

describe.each(Object.entries(charts))('a typo in the %s', (_, chart) => {
  it('is refused wherever it is made', async () => {
    const values = parse(
      await readFile(resolve(chart, 'values.yaml'), 'utf8'),
    ) as Values;
    const places = objectsIn(values);
    expect(places.length).toBeGreaterThan(3);
    for (const place of places) {
      const message = await refusal(chart, valuesAt([...place, 'tpyo'], 'x'));
      expect(message).toContain(
        `at '${place
          .map(key => `/${key}`)
          .join('')}': additional properties 'tpyo' not allowed`,
      );
    }
  });
});
