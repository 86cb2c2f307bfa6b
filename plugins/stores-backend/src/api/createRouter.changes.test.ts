import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  createStore,
  markDeleted,
  toys,
  useTestApis,
  type TestApi,
} from '../__testUtils__/testApi';
import { guardOf } from '../database';

jest.setTimeout(60_000);

const start = useTestApis();

function call(
  { backend }: TestApi,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body?: object,
) {
  const sent = request(backend.server)[method](`/api/stores${path}`);
  return body === undefined ? sent : sent.send(body);
}

/** Takes a store to a state without a cluster. */
async function bringTo(
  { stores }: TestApi,
  id: string,
  ...states: StoreState[]
): Promise<void> {
  for (const to of states) {
    const record = (await stores.get(id))!;
    await stores.transition({ id, guard: guardOf(record), to, events: [] });
  }
}

async function eventTypes(api: TestApi, id: string): Promise<string[]> {
  const { body } = await call(api, 'get', `/${id}/events`);
  return body.items.map(({ type }: { type: string }) => type);
}

describe('PATCH /api/stores/:id', () => {
  it('changes owner and protection, and nothing else', async () => {
    const api = await start();
    const store = await createStore(api);
    const changed = await call(api, 'patch', `/${store.id}`, {
      owner: 'Group:default/Shop-Team',
      protected: true,
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      ...store,
      owner: 'group:default/shop-team',
      protected: true,
      updatedAt: expect.any(String),
    });
    expect(await eventTypes(api, store.id)).toEqual([
      'requested',
      'owner-changed',
      'protection-changed',
    ]);
    expect(api.enqueued).toEqual([store.id, store.id]);
  });

  it('keeps a store from every deletion until the protection is taken off', async () => {
    const api = await start();
    const { id } = await createStore(api, { protected: true });
    const refused = await call(api, 'delete', `/${id}`);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(`store '${id}' is protected`);
    await call(api, 'patch', `/${id}`, { protected: false });
    expect((await call(api, 'delete', `/${id}`)).status).toBe(202);
  });

  it('answers 409 for a store that is going or gone', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await markDeleted(api, id);
    const { status, body } = await call(api, 'patch', `/${id}`, {
      protected: true,
    });
    expect(status).toBe(409);
    expect(body.error.message).toContain('DELETED');
  });
});

describe('POST /api/stores/:id/retry', () => {
  it('notes the attempt and has the loop look at once', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'FAILED');
    const { status, body } = await call(api, 'post', `/${id}/retry`);
    expect(status).toBe(202);
    expect(body.id).toBe(id);
    expect(await eventTypes(api, id)).toContain('retry-requested');
    expect(api.enqueued).toEqual([id, id]);
    expect((await api.stores.get(id))!.retry).toMatchObject({
      acceptDataLoss: false,
    });
  });

  it('makes nothing anew and empty unless that is said', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const record = (await api.stores.get(id))!;
    await api.stores.transition({
      id,
      guard: guardOf(record),
      to: 'FAILED',
      patch: { reason: 'DataLost' },
      events: [],
    });
    const refused = await call(api, 'post', `/${id}/retry`, {});
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('acceptDataLoss');
    expect((await api.stores.get(id))!.retry).toBeUndefined();
    const accepted = await call(api, 'post', `/${id}/retry`, {
      acceptDataLoss: true,
    });
    expect(accepted.status).toBe(202);
    expect((await api.stores.get(id))!.retry).toMatchObject({
      acceptDataLoss: true,
    });
  });

  it('answers 409 while the store is being deleted', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await call(api, 'delete', `/${id}`);
    expect((await call(api, 'post', `/${id}/retry`)).status).toBe(409);
  });
});

describe('POST /api/stores/:id/upgrade', () => {
  it('begins a new generation, with the parameters that are not named as they were', async () => {
    const api = await start();
    const { id } = await createStore(api, {
      parameters: { currency: 'usd', countries: ['us'] },
    });
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const { status, body } = await call(api, 'post', `/${id}/upgrade`, {
      plan: 'large',
      parameters: { imageVersion: '2.19.0' },
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      generation: 2,
      plan: 'large',
      parameters: {
        currency: 'usd',
        countries: ['us'],
        imageVersion: '2.19.0',
      },
    });
  });

  it('answers what speaks against it, and changes nothing', async () => {
    const api = await start({
      orchestrator: {
        checkUpgrade: async () => {
          throw new InputError('plan: storage can not shrink');
        },
      },
    });
    const { id } = await createStore(api);
    await bringTo(api, id, 'PROVISIONING', 'READY');
    const before = await api.stores.get(id);
    const { status, body } = await call(api, 'post', `/${id}/upgrade`, {});
    expect([status, body.error.message]).toEqual([
      400,
      'plan: storage can not shrink',
    ]);
    expect(await api.stores.get(id)).toEqual(before);
  });

  it('answers 409 with the state that it is not possible in', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const { status, body } = await call(api, 'post', `/${id}/upgrade`);
    expect(status).toBe(409);
    expect(body.error.message).toContain('REQUESTED');
  });
});

describe('pausing', () => {
  it('lasts for the minutes that were said, with the reason, until it is ended', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const begun = Date.now();
    const paused = await call(api, 'post', `/${id}/pause`, {
      minutes: 30,
      reason: 'a dump by hand',
    });
    expect(paused.status).toBe(202);
    expect(paused.body).toMatchObject({
      pauseReason: 'a dump by hand',
      pausedBy: 'user:default/mock',
    });
    const minutes = (Date.parse(paused.body.pausedUntil) - begun) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(29.9);
    expect(minutes).toBeLessThan(31);
    const resumed = await call(api, 'post', `/${id}/resume`);
    expect(resumed.status).toBe(202);
    for (const field of ['pausedUntil', 'pauseReason', 'pausedBy']) {
      expect(resumed.body).not.toHaveProperty(field);
    }
    expect(await eventTypes(api, id)).toEqual([
      'requested',
      'paused',
      'resumed',
    ]);
  });

  it('is not possible while a store is deleted', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await call(api, 'delete', `/${id}`);
    const body = { minutes: 5, reason: 'a' };
    expect((await call(api, 'post', `/${id}/pause`, body)).status).toBe(409);
  });
});

describe('guards of a creation', () => {
  const lacks = "'medusa-api' wants 320 MiB of memory on one node";

  it('answers 409 with what the cluster lacks, and keeps nothing', async () => {
    const asked: unknown[] = [];
    const api = await start({
      orchestrator: {
        lacking: async size => {
          asked.push(size);
          return lacks;
        },
      },
    });
    const { status, body } = await call(api, 'post', '', {
      ...toys,
      plan: 'large',
    });
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      `plan: a store of the plan 'large' does not fit the cluster as it is now: ${lacks}`,
    );
    expect(asked).toEqual([
      expect.objectContaining({ engine: 'medusa', plan: 'large' }),
    ]);
    expect(await api.stores.listUnfinished()).toEqual([]);
  });

  it('answers the same request again with its store, though there is no room any more', async () => {
    const room = { lacking: undefined as string | undefined };
    const api = await start({
      orchestrator: { lacking: async () => room.lacking },
      maximumStoresPerOwner: 1,
    });
    const send = () =>
      request(api.backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', 'k')
        .send(toys);
    const first = await send();
    room.lacking = lacks;
    const again = await send();
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
  });

  it("answers 403 with limit and use when the owner's quota is used up", async () => {
    const api = await start({ maximumStoresPerOwner: 2 });
    const { id } = await createStore(api, { name: 'One' });
    await createStore(api, { name: 'Two' });
    const refused = await call(api, 'post', '', { ...toys, name: 'Three' });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toBe(
      "owner: 'user:default/mock' has 2 stores, and may have 2",
    );
    const other = { name: 'Four', owner: 'group:default/shop-team' };
    const { id: otherId } = await createStore(api, other);
    const handed = await call(api, 'patch', `/${otherId}`, {
      owner: 'user:default/mock',
    });
    expect(handed.status).toBe(403);
    await markDeleted(api, id);
    await createStore(api, { name: 'Three' });
  });

  it('lets two requests at once not both take the last place', async () => {
    const api = await start({ maximumStoresPerOwner: 1 });
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map(name =>
        call(api, 'post', '', { ...toys, name }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
  });
});

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
    });
    expect(await check('toys games')).toEqual({
      name: 'toys games',
      available: false,
      slug: 'toys-games',
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
    const api = await start({
      orchestrator: {
        capacity: async () => {
          throw new ServiceUnavailableError('not known yet');
        },
      },
    });
    expect((await call(api, 'get', '/capacity')).status).toBe(503);
    expect((await call(api, 'get', '/plans')).status).toBe(200);
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
