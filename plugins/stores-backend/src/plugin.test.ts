import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { storesPlugin } from './plugin';
import { waitFor } from './reconciler/__testUtils__/waitFor';

jest.setTimeout(60_000);

const kubeconfig = `
apiVersion: v1
kind: Config
clusters: [{ name: none, cluster: { server: 'http://127.0.0.1:9' } }]
users: [{ name: none, user: { token: none } }]
contexts: [{ name: none, context: { cluster: none, user: none } }]
current-context: none
`;

describe('the stores plugin without a cluster', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let directory: string;
  let knex: Knex;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stores-plugin-'));
    knex = await databases.init('SQLITE_3');
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  function start(stores: Record<string, unknown> = {}) {
    return startTestBackend({
      features: [
        storesPlugin,
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.rootConfig.factory({
          data: {
            stores: {
              secretKey: 'k'.repeat(32),
              cluster: { kubeconfig: join(directory, 'kubeconfig') },
              ingress: { probeAddress: '127.0.0.1:9' },
              plans: { small: { description: 'For small shops', values: {} } },
              ...stores,
            },
          },
        }),
      ],
    });
  }

  it('takes requests, which wait, and keeps them over a restart', async () => {
    // There is no kubeconfig yet: the portal starts before its cluster is made.
    const first = await start();
    const { body: store, status } = await request(first.server)
      .post('/api/stores')
      .send({ name: 'Toys', engine: 'medusa' });
    expect(status).toBe(201);
    expect(store.urls.storefront).toContain(`//${store.id}.localhost`);
    await first.stop();

    await writeFile(join(directory, 'kubeconfig'), kubeconfig);
    const second = await start();
    const kept = await request(second.server).get(`/api/stores/${store.id}`);
    expect(kept.body).toMatchObject({ id: store.id, name: 'Toys' });
    expect(['REQUESTED', 'PROVISIONING']).toContain(kept.body.state);
    const cluster = await request(second.server).get('/api/stores/cluster');
    expect(cluster.status).toBe(200);
    expect(cluster.body.reachable).not.toBe(true);
    await second.stop();
  });

  it('shows itself on the overview, and what is to be set where no cluster is', async () => {
    const backend = await start({
      cluster: undefined,
      rateLimit: { requests: { limit: 1_000_000 } },
    });
    await request(backend.server)
      .post('/api/stores')
      .send({ name: 'Toys', engine: 'medusa' });
    const read = async () =>
      (await request(backend.server).get('/api/stores/overview')).body.platform;
    const platform = await waitFor(async () => {
      const found = await read();
      return found.cluster.message && found.unheldStores === 0 && found;
    }, read);
    expect(platform).toEqual({
      replicas: [
        {
          id: expect.stringContaining(hostname()),
          host: hostname(),
          version: expect.stringMatching(/^\d+\.\d+\.\d+/),
          startedAt: expect.any(String),
          heldStores: 1,
        },
      ],
      unheldStores: 0,
      cluster: {
        reachable: false,
        since: expect.any(String),
        message: expect.stringContaining("set 'stores.cluster.kubeconfig'"),
      },
    });
    await backend.stop();
  });

  it('refuses to start with another key than the stores were made with', async () => {
    await (await start()).stop();
    await expect(start({ secretKey: 'x'.repeat(32) })).rejects.toThrow(
      /the key 'stores.secretKey' has the fingerprint '[0-9a-f]+', expected '[0-9a-f]+'/,
    );
  });

  it.each([
    ['a short key', { secretKey: 'short' }, /secret key has 5 characters/],
    [
      'no key',
      { secretKey: undefined },
      /Missing required config value at 'stores.secretKey'/,
    ],
    [
      'no plans',
      { plans: undefined },
      /'stores.plans' is empty, expected at least one plan/,
    ],
    [
      'a default plan that is none',
      { defaultPlan: 'huge' },
      /'stores.defaultPlan' is 'huge', expected one of 'small'/,
    ],
    [
      'a chart that is not there',
      { chart: { path: '/nowhere' } },
      /no Chart.yaml in '\/nowhere'/,
    ],
  ])('refuses to start with %s', async (_, stores, message) => {
    await expect(start(stores)).rejects.toThrow(message);
  });
});
