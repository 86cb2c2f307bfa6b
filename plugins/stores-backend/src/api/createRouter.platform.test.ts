import { mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { bringTo, call } from '../__testUtils__/apiCalls';
import { createStore, useTestApis } from '../__testUtils__/testApi';
import { guardOf } from '../database';

jest.setTimeout(60_000);

const start = useTestApis();

describe('the platform', () => {
  it('tells whether a name is free, taken, or which rule it breaks', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const check = async (name: string) =>
      (await call(api, 'get', `/names/${encodeURIComponent(name)}`)).body;
    expect(await check('Other shop')).toEqual({
      name: 'Other shop',
      available: true,
      slug: 'other-shop',
      storefront: 'http://other-shop-….localhost:8080',
    });
    expect(await check('toys games')).toEqual({
      name: 'toys games',
      available: false,
      slug: 'toys-games',
      storefront: 'http://toys-games-….localhost:8080',
      problem: 'taken',
      takenBy: id,
      message: `name: 'toys games' is taken by store '${id}'`,
    });
    expect(await check('日本')).toEqual({
      name: '日本',
      available: false,
      problem: 'invalid',
      message: 'name: must contain a latin letter or a digit',
    });
  });

  it('offers plans with what fits and what an owner has left', async () => {
    const amount = { cpu: 1, memory: 1024, pods: 2 };
    const api = await start({
      maximumStoresPerOwner: 5,
      orchestrator: {
        capacity: async () => ({
          nodes: [
            {
              name: 'a',
              schedulable: true,
              allocatable: amount,
              requested: amount,
            },
          ],
          plans: [
            { plan: 'small', needs: amount, fits: 7 },
            { plan: 'large', needs: amount, fits: 0 },
          ],
        }),
      },
    });
    await createStore(api);
    const { body } = await call(api, 'get', '/plans');
    expect(body).toEqual({
      items: [
        expect.objectContaining({ name: 'small', fits: 7 }),
        expect.objectContaining({ name: 'large', fits: 0 }),
      ],
      quota: { owner: 'user:default/mock', used: 1, limit: 5, left: 4 },
    });
    const other = await call(
      api,
      'get',
      '/plans?owner=Group:default/Shop-Team',
    );
    expect(other.body.quota).toEqual({
      owner: 'group:default/shop-team',
      used: 0,
      limit: 5,
      left: 5,
    });
    expect((await call(api, 'get', '/capacity')).body.nodes).toHaveLength(1);
  });

  it('says 503 while what fits is not known', async () => {
    const logger = mockServices.logger.mock();
    const api = await start({
      logger,
      orchestrator: {
        capacity: async () => {
          throw new ServiceUnavailableError('not known yet');
        },
      },
    });
    expect((await call(api, 'get', '/capacity')).status).toBe(503);
    expect((await call(api, 'get', '/plans')).status).toBe(200);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('offers plans also when what fits can not be computed, and says so', async () => {
    const logger = mockServices.logger.mock();
    const api = await start({
      logger,
      orchestrator: {
        capacity: async () => {
          throw new Error('helm template failed: no such chart');
        },
      },
    });
    const { body } = await call(api, 'get', '/plans');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).not.toHaveProperty('fits');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('without how many stores fit'),
      expect.objectContaining({
        message: expect.stringContaining('no such chart'),
      }),
    );
  });

  it('counts stores for the overview', async () => {
    const api = await start();
    const { id } = await createStore(api, { name: 'One' });
    await createStore(api, { name: 'Two' });
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const { status, body } = await call(api, 'get', '/overview?days=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      countsByState: { READY: 1, REQUESTED: 1, FAILED: 0 },
      activeByOwner: [{ owner: 'user:default/mock', count: 2 }],
      bucketSeconds: 3600,
    });
    expect(Date.now() - Date.parse(body.since)).toBeGreaterThan(86_000_000);
  });

  it("tells of repairs and of the platform's health beside them", async () => {
    const platform = {
      replicas: [
        {
          id: 'portal-x2x4p:1:0a1b2c3d',
          host: 'portal-x2x4p',
          version: '0.1.0',
          startedAt: '2026-11-24T08:00:00.000Z',
          heldStores: 1,
          restarts: 2,
          lastRestart: { at: '2026-11-24T07:59:58Z', reason: 'OOMKilled' },
        },
      ],
      unheldStores: 0,
      cluster: { reachable: true, version: 'v1.34.2' },
    };
    const api = await start({ orchestrator: { health: async () => platform } });
    const { id } = await createStore(api);
    const record = await api.stores.get(id);
    await api.stores.patch({
      id,
      guard: guardOf(record!),
      patch: {},
      events: [{ type: 'repaired', message: 'Deployment back' }],
    });
    const { body } = await call(api, 'get', '/overview?days=1');
    expect(body).toMatchObject({
      repairs: [{ start: expect.any(String), count: 1, stores: 1 }],
      platform,
    });
    const sinceStart = Date.now() - Date.parse(body.repairs[0].start);
    expect(sinceStart).toBeLessThan(2 * 3_600_000);
  });

  it('shows metrics as text and as JSON', async () => {
    const api = await start();
    const text = await call(api, 'get', '/metrics');
    expect(text.headers['content-type']).toContain('text/plain');
    expect(text.text).toBe('active_stores 0\n');
    expect((await call(api, 'get', '/metrics/summary')).body).toEqual({
      activeStores: 0,
    });
  });

  it('tells what happened to all stores', async () => {
    const api = await start();
    const one = await createStore(api, { name: 'One' });
    const two = await createStore(api, { name: 'Two' });
    const { body } = await call(api, 'get', '/events?limit=1');
    expect(body.items.map((each: { storeId: string }) => each.storeId)).toEqual(
      [one.id],
    );
    const rest = await call(api, 'get', `/events?after=${body.cursor}`);
    expect(
      rest.body.items.map((each: { storeId: string }) => each.storeId),
    ).toEqual([two.id]);
  });

  it('says how many boot before a store that waits to boot', async () => {
    const api = await start();
    const ids: string[] = [];
    for (const name of ['One', 'Two', 'Three']) {
      const { id } = await createStore(api, { name });
      await bringTo(api, id, 'PROVISIONING');
      const guard = guardOf((await api.stores.get(id))!);
      await api.stores.requestBoot({ id, guard, maximum: 1 });
      ids.push(id);
    }
    const positions = await Promise.all(
      ids.map(
        async id => (await call(api, 'get', `/${id}`)).body.queuePosition,
      ),
    );
    expect(positions).toEqual([undefined, 0, 1]);
    const list = await call(api, 'get', '?order=createdAt');
    expect(
      list.body.items.map(
        (each: { queuePosition?: number }) => each.queuePosition,
      ),
    ).toEqual([undefined, 0, 1]);
  });
});
