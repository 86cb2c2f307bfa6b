import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startTestApi, type TestApi } from '../__testUtils__/testApi';
import { guardOf } from '../database';
import { documentOperations } from './OpenApiDocument';

jest.setTimeout(60_000);

interface Example {
  /** The command as it stands there. */
  command: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const text = readFileSync(join(__dirname, '../../../../docs/api.md'), 'utf8');

const examples: Example[] = [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.replace(/\\\n\s*/g, '').split('\n'))
  .filter(line => line.startsWith('curl '))
  .map(parse);

function parse(line: string): Example {
  const command = line.replace(/\s+#.*$/, '');
  const [, path = ''] = /"?\$URL(\S*?)"?(?:\s|$)/.exec(command) ?? [];
  const headers = [...command.matchAll(/-H '([^:']+): ([^']*)'/g)];
  return {
    command,
    path,
    method: /-X (\w+)/.exec(command)?.[1] ?? 'GET',
    headers: Object.fromEntries(
      headers.map(([, name = '', value = '']) => [name, value]),
    ),
    body: /-d '([^']*)'/.exec(command)?.[1],
  };
}

const amount = { cpu: 1, memory: 1, pods: 1 };

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi({
    plans: ['small', 'medium', 'large'],
    orchestrator: {
      resources: async () => ({ workloads: [], volumes: [], quota: [] }),
      logs: async (_, { workload = 'medusa-api', previous }) => ({
        workload,
        previous,
        pod: 'p',
        container: 'c',
        lines: [],
      }),
      credentials: async () => ({
        email: 'admin@example.com',
        password: 'p',
        url: 'http://example.com/app',
      }),
      capacity: async () => ({
        nodes: [],
        plans: [{ plan: 'small', needs: amount, fits: 1 }],
      }),
    },
  });
});

afterEach(async () => {
  await api.backend.stop();
  deepStrictEqual(api.wrongAnswers, []);
});

/** A store that every example can be tried on. */
async function createReady(): Promise<string> {
  const { store } = await api.stores.create({
    name: 'Ready',
    engine: 'medusa',
    plan: 'small',
    owner: 'user:default/mock',
    createdBy: 'user:default/mock',
    parameters: {},
    protected: false,
  });
  for (const to of ['PROVISIONING', 'READY'] as const) {
    const record = (await api.stores.get(store.id))!;
    await api.stores.transition({
      id: store.id,
      guard: guardOf(record),
      to,
      events: [{ type: 'ready', message: to }],
    });
  }
  return store.id;
}

it.each(examples.map(example => [example.command, example] as const))(
  'what docs/api.md shows works: %s',
  async (_, { body, headers, method, path }) => {
    const id = await createReady();
    const { port } = api.backend.server.address() as AddressInfo;
    const response = await fetch(
      `http://localhost:${port}/api/stores${path.replace(
        'toys-games-x7k2p',
        id,
      )}`,
      { method, headers, body },
    );
    expect([response.ok, await response.text()]).toEqual([
      true,
      expect.any(String),
    ]);
  },
);

it('docs/api.md shows each call', () => {
  const shown = examples.map(({ method, path }) => {
    const called = path.replace(/\?.*/, '').replace('toys-games-x7k2p', '{id}');
    return documentOperations.find(
      operation =>
        operation.method.toUpperCase() === method &&
        new RegExp(
          `^${operation.path
            .replace('{id}', '\\{id\\}')
            .replace(/\{name\}/, '[^/]+')}$`,
        ).test(called),
    )?.id;
  });
  expect([...new Set(shown)].sort()).toEqual(
    documentOperations.map(({ id }) => id).sort(),
  );
});
