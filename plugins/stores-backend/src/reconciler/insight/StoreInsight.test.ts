import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { ClusterApiError, ClusterUnreachableError } from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import { DerivedSecrets, EngineRegistry, MedusaEngine } from '../../engines';
import { createRecord as storeRecord } from '../__testUtils__/records';
import { StoreInsight } from './StoreInsight';

const derived = DerivedSecrets.create({ secretKey: 'k'.repeat(32) });

function createInsight(
  options: {
    lines?: string[];
    fail?: unknown;
    rendered?: boolean;
  } = {},
) {
  const { lines = [], fail, rendered = true } = options;
  const answer = async <Result>(result: Result) => {
    if (fail) throw fail;
    return result;
  };
  const read = jest.fn();
  const insight = StoreInsight.create({
    derived,
    engines: EngineRegistry.create([MedusaEngine.create()]),
    design: {
      urls: async ({ record }: { record: { id: string } }) => ({
        storefront: `http://${record.id}.localhost:8080`,
        admin: `http://${record.id}.localhost:8080/app`,
        api: `http://${record.id}.localhost:8080/store`,
      }),
    } as never,
    logs: {
      read: async (namespace: string, query: { workload: string }) => {
        read(namespace, query);
        return answer({
          workload: query.workload,
          pod: 'p',
          container: 'c',
          previous: false,
          lines,
        });
      },
    } as never,
    resources: {
      read: async () => answer({ workloads: [], volumes: [], quota: [] }),
    } as never,
    repository: {
      getGeneration: async (storeId, generation) =>
        rendered
          ? {
              storeId,
              generation,
              plan: 'small',
              parameters: { adminEmail: 'ada@example.com' },
              chartVersion: '1',
              imageVersion: '1',
              values: {},
              objects: [],
            }
          : undefined,
    },
  });
  return { insight, read };
}

const ready: StoreRecord = storeRecord({ state: 'READY' });
const refused = new ClusterApiError('GET pods', 404, 'NotFound', 'not found');
const away = new ClusterUnreachableError('connection refused');

describe('logs', () => {
  it("masks the store's secrets however they are written, and nothing else", async () => {
    const [database, shop] = MedusaEngine.create().secrets({
      storeId: ready.id,
      derived,
    });
    const password = database!.data.POSTGRES_PASSWORD!;
    const url = shop!.data.DATABASE_URL!;
    const { insight } = createInsight({
      lines: [
        `connecting to ${url} as store`,
        `password=${password}`,
        `encoded ${Buffer.from(password).toString('base64')}`,
        'the store is open',
      ],
    });
    const { lines } = await insight.logs(ready, { previous: false, tail: 10 });
    expect(lines).toEqual([
      'connecting to *** as store',
      'password=***',
      'encoded ***',
      'the store is open',
    ]);
  });

  it("shows the shop's unless another workload is named", async () => {
    const { insight, read } = createInsight();
    await insight.logs(ready, { previous: true, tail: 5 });
    await insight.logs(ready, {
      workload: 'postgres',
      container: 'prepare',
      previous: false,
      tail: 5,
    });
    expect(read.mock.calls).toEqual([
      [ready.namespace, { workload: 'medusa-api', previous: true, tail: 5 }],
      [
        ready.namespace,
        {
          workload: 'postgres',
          container: 'prepare',
          previous: false,
          tail: 5,
        },
      ],
    ]);
  });

  it.each(['REQUESTED', 'DELETED'] as const)(
    'are not found while the store is %s',
    async state => {
      const { insight, read } = createInsight();
      await expect(
        insight.logs(storeRecord({ state }), { previous: false, tail: 5 }),
      ).rejects.toThrow(NotFoundError);
      expect(read).not.toHaveBeenCalled();
    },
  );

  it('tell a cluster that is away from a log that is not there', async () => {
    const query = { previous: false, tail: 5 };
    await expect(
      createInsight({ fail: away }).insight.logs(ready, query),
    ).rejects.toThrow(ServiceUnavailableError);
    await expect(
      createInsight({ fail: refused }).insight.logs(ready, query),
    ).rejects.toThrow(NotFoundError);
  });
});

describe('resources', () => {
  it('are none before there is a namespace, and unknown while the cluster is away', async () => {
    const none = { workloads: [], volumes: [], quota: [] };
    const failing = createInsight({ fail: away }).insight;
    expect(
      await failing.resources(storeRecord({ state: 'REQUESTED' })),
    ).toEqual(none);
    await expect(failing.resources(ready)).rejects.toThrow(
      'The cluster does not answer',
    );
    expect(
      await createInsight({ fail: refused }).insight.resources(ready),
    ).toEqual(none);
  });
});

describe('credentials', () => {
  it('are the ones that the store was made with', async () => {
    const { insight } = createInsight();
    const [, shop] = MedusaEngine.create().secrets({
      storeId: ready.id,
      derived,
    });
    expect(await insight.credentials(ready)).toEqual({
      email: 'ada@example.com',
      password: shop!.data.ADMIN_PASSWORD,
      url: `http://${ready.id}.localhost:8080/app`,
    });
  });

  it('are not found before the store is rendered and after it is gone', async () => {
    await expect(
      createInsight({ rendered: false }).insight.credentials(ready),
    ).rejects.toThrow(NotFoundError);
    await expect(
      createInsight().insight.credentials(storeRecord({ state: 'DELETED' })),
    ).rejects.toThrow(NotFoundError);
  });
});

it('has the address that the chart makes unless one was given', () => {
  const login = MedusaEngine.create().firstLogin({
    store: { id: 'toys-aaaaa', name: 'Toys', parameters: {} },
    storefront: 'http://toys-aaaaa.localhost:8080',
    derived,
  });
  expect(login.email).toBe('admin@toys-aaaaa.localhost');
});
