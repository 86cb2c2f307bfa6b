import type { AddressInfo } from 'node:net';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  StoresClient,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  createStore,
  markDeleted,
  toys,
  useTestApis,
} from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const start = useTestApis();

function serviceHeader(): string {
  return mockCredentials.service.header({
    onBehalfOf: mockCredentials.service('plugin:scaffolder'),
    targetPluginId: 'stores',
  });
}

describe('POST /api/stores', () => {
  it('answers 201 with the store in REQUESTED and has it looked at', async () => {
    const api = await start();
    const response = await request(api.backend.server)
      .post('/api/stores')
      .set('X-Request-Id', 'req-1')
      .send({ ...toys, parameters: { currency: 'usd' } });
    expect(response.status).toBe(201);
    const { id } = response.body;
    expect(id).toMatch(/^toys-games-[a-z0-9]{5}$/);
    expect(response.headers.location).toBe(`/api/stores/${id}`);
    expect(response.body).toEqual({
      id,
      name: 'Toys & Games',
      engine: 'medusa',
      plan: 'small',
      owner: 'user:default/mock',
      createdBy: 'user:default/mock',
      parameters: expect.objectContaining({
        currency: 'usd',
        demoProducts: true,
      }),
      protected: false,
      state: 'REQUESTED',
      conditions: [],
      urls: {
        storefront: `http://${id}.localhost:8080`,
        admin: `http://${id}.localhost:8080/app`,
        api: `http://${id}.localhost:8080/store`,
      },
      namespace: `store-${id}`,
      attempt: 0,
      generation: 1,
      observedGeneration: 0,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(api.enqueued).toEqual([id]);
    const events = await request(api.backend.server).get(
      `/api/stores/${id}/events`,
    );
    expect(events.body.items).toEqual([
      expect.objectContaining({
        type: 'requested',
        actor: 'user:default/mock',
        correlationId: 'req-1',
      }),
    ]);
  });

  it('takes a group of the caller as the owner, whatever the case', async () => {
    const store = await createStore(await start(), {
      owner: 'Group:default/Shop-Team',
    });
    expect(store.owner).toBe('group:default/shop-team');
  });

  it('refuses an owner that the caller is no member of', async () => {
    const { backend, enqueued } = await start();
    const response = await request(backend.server)
      .post('/api/stores')
      .send({ ...toys, owner: 'group:default/others' });
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain(
      "'group:default/others' is none of",
    );
    expect(enqueued).toEqual([]);
  });

  it('gives what a service asks for to the default owner', async () => {
    const { backend } = await start({ defaultOwner: 'group:default/platform' });
    const response = await request(backend.server)
      .post('/api/stores')
      .set('Authorization', serviceHeader())
      .send(toys);
    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({
      owner: 'group:default/platform',
      createdBy: 'plugin:scaffolder',
    });
  });

  it('wants an owner of a service where there is no default', async () => {
    const { backend } = await start();
    const response = await request(backend.server)
      .post('/api/stores')
      .set('Authorization', serviceHeader())
      .send(toys);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(
      "owner: is required for the service 'plugin:scaffolder'",
    );
  });

  it('answers the same key and body with the same store, whatever the order of fields', async () => {
    const { backend } = await start();
    const send = (body: object) =>
      request(backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', 'key-1')
        .send(body);
    const first = await send({ name: 'Toys', engine: 'medusa' });
    const second = await send({ engine: 'medusa', name: 'Toys' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.location).toBe(first.headers.location);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(second.headers['idempotency-replayed']).toBe('true');
    const other = await send({ name: 'Toys', engine: 'medusa', plan: 'large' });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain(first.body.id);
  });

  it('answers 409 with the id that has the name', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const response = await request(api.backend.server)
      .post('/api/stores')
      .send({ ...toys, name: 'toys GAMES' });
    expect(response.status).toBe(409);
    expect(response.body.error).toMatchObject({
      name: 'ConflictError',
      message: `name: 'toys GAMES' is taken by store '${id}'`,
    });
  });

  it('replaces an X-Request-Id that is not one', async () => {
    const api = await start();
    const { body } = await request(api.backend.server)
      .post('/api/stores')
      .set('X-Request-Id', 'a b <script>')
      .send(toys);
    const events = await request(api.backend.server).get(
      `/api/stores/${body.id}/events`,
    );
    expect(events.body.items[0].correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('GET /api/stores', () => {
  it('pages through the stores and filters them', async () => {
    const api = await start();
    for (const name of ['Alpha', 'Bravo', 'Charlie']) {
      await createStore(api, { name });
    }
    const first = await request(api.backend.server).get(
      '/api/stores?order=name&limit=2',
    );
    expect(first.body.items.map((store: Store) => store.name)).toEqual([
      'Alpha',
      'Bravo',
    ]);
    const second = await request(api.backend.server)
      .get('/api/stores')
      .query({ order: 'name', limit: 2, cursor: first.body.nextCursor });
    expect(second.body.items.map((store: Store) => store.name)).toEqual([
      'Charlie',
    ]);
    expect(second.body.nextCursor).toBeUndefined();
    const found = await request(api.backend.server).get(
      '/api/stores?state=REQUESTED&state=READY&q=brav&engine=medusa&owner=user:default/mock',
    );
    expect(found.body.items.map((store: Store) => store.name)).toEqual([
      'Bravo',
    ]);
    const ready = await request(api.backend.server).get(
      '/api/stores?state=READY',
    );
    expect(ready.body.items).toEqual([]);
  });

  it('shows DELETED stores only when asked for', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await markDeleted(api, id);
    expect(
      (await request(api.backend.server).get('/api/stores')).body.items,
    ).toEqual([]);
    const deleted = await request(api.backend.server).get(
      '/api/stores?state=DELETED',
    );
    expect(deleted.body.items).toEqual([
      expect.objectContaining({
        id,
        state: 'DELETED',
        deletedAt: expect.any(String),
      }),
    ]);
  });
});

describe('GET /api/stores/:id', () => {
  it('answers with the store', async () => {
    const api = await start();
    const store = await createStore(api);
    const response = await request(api.backend.server).get(
      `/api/stores/${store.id}`,
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual(store);
  });
});

describe('DELETE /api/stores/:id', () => {
  it('answers 202, again 202, and 200 once the store is gone', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const send = () => request(api.backend.server).delete(`/api/stores/${id}`);
    const first = await send();
    expect([first.status, first.body.state]).toEqual([202, 'DELETING']);
    const second = await send();
    expect([second.status, second.body.state]).toEqual([202, 'DELETING']);
    expect(api.enqueued).toEqual([id, id, id]);
    await markDeleted(api, id);
    const third = await send();
    expect([third.status, third.body.state]).toEqual([200, 'DELETED']);
  });

  it('answers 409 for a protected store', async () => {
    const api = await start();
    const { id } = await createStore(api, { protected: true });
    const response = await request(api.backend.server).delete(
      `/api/stores/${id}`,
    );
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain(`store '${id}' is protected`);
    expect((await api.stores.get(id))!.state).toBe('REQUESTED');
  });

  it('answers 404 for a store that is not there', async () => {
    const { backend } = await start();
    expect(
      (await request(backend.server).delete('/api/stores/none-aaaaa')).status,
    ).toBe(404);
  });
});

describe('StoresClient', () => {
  it('speaks with the router', async () => {
    const api = await start();
    const { port } = api.backend.server.address() as AddressInfo;
    const client = StoresClient.create({
      baseUrl: `http://localhost:${port}/api/stores`,
    });
    const store = await client.createStore(
      { name: 'Toys', engine: 'medusa' },
      { idempotencyKey: 'k' },
    );
    expect(
      await client.createStore(
        { name: 'Toys', engine: 'medusa' },
        { idempotencyKey: 'k' },
      ),
    ).toEqual(store);
    expect(await client.getStore(store.id)).toEqual(store);
    expect(
      await client.listStores({ states: ['REQUESTED', 'READY'], query: 'toy' }),
    ).toEqual({ items: [store] });
    expect((await client.deleteStore(store.id)).state).toBe('DELETING');
    const { items } = await client.listEvents(store.id, { after: 1, wait: 1 });
    expect(items.map(({ type }) => type)).toEqual(['deletion-requested']);
    expect((await client.listPlans()).map(({ name }) => name)).toEqual([
      'small',
      'large',
    ]);
    expect((await client.getCluster()).reachable).toBe(false);
    await expect(client.getStore('none-aaaaa')).rejects.toMatchObject({
      name: 'ResponseError',
      cause: expect.objectContaining({
        name: 'NotFoundError',
        message: "no store 'none-aaaaa'",
      }),
    });
  });
});
