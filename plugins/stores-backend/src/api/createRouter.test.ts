import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  storeCreatePermission,
  storeDeletePermission,
  storeReadPermission,
  StoresClient,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  DatabaseEventLog,
  DatabaseStoreRepository,
  guardOf,
  migrateDatabase,
} from '../database';
import { EngineRegistry, MedusaEngine } from '../engines';
import { CallerResolver } from './Caller';
import { createRouter, type StoreOrchestrator } from './createRouter';
import { PlanCatalog } from './PlanCatalog';

jest.setTimeout(60_000);

const plans = {
  small: { description: 'For small shops' },
  large: { description: 'For large shops' },
};

interface TestSetup {
  backend: TestBackend;
  stores: DatabaseStoreRepository;
  enqueued: string[];
}

interface TestSetupOptions {
  denied?: string;
  defaultOwner?: string;
  preparationFile?: string;
  auditor?: ReturnType<typeof mockServices.auditor.mock>;
}

const backends: TestBackend[] = [];

async function setUp(options: TestSetupOptions = {}): Promise<TestSetup> {
  const enqueued: string[] = [];
  const shutdown = new AbortController();
  const orchestrator: StoreOrchestrator = {
    enqueue: storeId => enqueued.push(storeId),
    clusterStatus: () => ({ reachable: false, message: 'connection refused' }),
    urls: async ({ id }) => ({
      storefront: `http://${id}.localhost:8080`,
      admin: `http://${id}.localhost:8080/app`,
      api: `http://${id}.localhost:8080/store`,
    }),
  };
  let stores: DatabaseStoreRepository | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'stores',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          userInfo: coreServices.userInfo,
        },
        async init(services) {
          const knex = await migrateDatabase(services.database);
          const events = DatabaseEventLog.create({
            knex,
            pollMilliseconds: 60_000,
          });
          stores = DatabaseStoreRepository.create({ knex, events });
          services.lifecycle.addShutdownHook(() => shutdown.abort());
          services.httpRouter.use(
            createRouter({
              ...services,
              callers: CallerResolver.create({
                ...services,
                defaultOwner: options.defaultOwner,
              }),
              engines: EngineRegistry.create([MedusaEngine.create()]),
              events,
              orchestrator,
              plans: PlanCatalog.fromConfig(
                new ConfigReader({ stores: { plans } }),
              ),
              preparationFile: options.preparationFile,
              shutdown: shutdown.signal,
              stores,
            }),
          );
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs: ['user:default/mock', 'group:default/shop-team'],
        }),
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result:
              permission.name === options.denied
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      }).factory,
      ...(options.auditor ? [options.auditor.factory] : []),
    ],
  });
  backends.push(backend);
  return { backend, stores: stores!, enqueued };
}

afterEach(async () => {
  await Promise.all(backends.splice(0).map(backend => backend.stop()));
});

const toys = { name: 'Toys & Games', engine: 'medusa' };

async function createStore(
  { backend }: TestSetup,
  body: Record<string, unknown> = {},
): Promise<Store> {
  const response = await request(backend.server)
    .post('/api/stores')
    .send({ ...toys, ...body });
  expect(response.status).toBe(201);
  return response.body;
}

async function markDeleted({ stores }: TestSetup, id: string): Promise<void> {
  const store = await stores.requestDeletion({ id, actor: 'test' });
  await stores.transition({
    id,
    guard: guardOf(store),
    to: 'DELETED',
    events: [],
  });
}

function serviceHeader(): string {
  return mockCredentials.service.header({
    onBehalfOf: mockCredentials.service('plugin:scaffolder'),
    targetPluginId: 'stores',
  });
}

describe('POST /api/stores', () => {
  it('answers 201 with the store in REQUESTED and has it looked at', async () => {
    const setup = await setUp();
    const response = await request(setup.backend.server)
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
    expect(setup.enqueued).toEqual([id]);
    const events = await request(setup.backend.server).get(
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
    const store = await createStore(await setUp(), {
      owner: 'Group:default/Shop-Team',
    });
    expect(store.owner).toBe('group:default/shop-team');
  });

  it('refuses an owner that the caller is no member of', async () => {
    const { backend, enqueued } = await setUp();
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
    const { backend } = await setUp({ defaultOwner: 'group:default/platform' });
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
    const { backend } = await setUp();
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
    const { backend } = await setUp();
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
    const other = await send({ name: 'Toys', engine: 'medusa', plan: 'large' });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain(first.body.id);
  });

  it('answers 409 with the id that has the name', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    const response = await request(setup.backend.server)
      .post('/api/stores')
      .send({ ...toys, name: 'toys GAMES' });
    expect(response.status).toBe(409);
    expect(response.body.error).toMatchObject({
      name: 'ConflictError',
      message: `name: 'toys GAMES' is taken by store '${id}'`,
    });
  });

  it.each<[string, unknown, string]>([
    ['no fields', {}, 'name: is required; engine: is required'],
    ['a list', [], 'body: Invalid input: expected object, received array'],
    ['no name', { engine: 'medusa' }, 'name: is required'],
    ['no engine', { name: 'Toys' }, 'engine: is required'],
    [
      'a name that is a number',
      { ...toys, name: 7 },
      'name: Invalid input: expected string, received number',
    ],
    [
      'a name that is null',
      { ...toys, name: null },
      'name: Invalid input: expected string, received null',
    ],
    ['an empty name', { ...toys, name: '' }, 'name: must not be empty'],
    ['a blank name', { ...toys, name: '   ' }, 'name: must not be empty'],
    [
      'a name without a slug',
      { ...toys, name: '日本' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a long name',
      { ...toys, name: 'x'.repeat(61) },
      'name: must not be longer than 60 characters',
    ],
    [
      'a name with a NUL',
      { ...toys, name: 'a\0b' },
      'name: must not contain control characters',
    ],
    [
      'a name with a line break',
      { ...toys, name: 'a\nb' },
      'name: must not contain control characters',
    ],
    [
      'an unknown engine',
      { ...toys, engine: 'magento' },
      "Unknown engine 'magento', expected one of 'medusa'",
    ],
    [
      'an engine called __proto__',
      { ...toys, engine: '__proto__' },
      "Unknown engine '__proto__'",
    ],
    [
      'an unknown plan',
      { ...toys, plan: 'huge' },
      "plan: unknown plan 'huge', expected one of 'small', 'large'",
    ],
    [
      'a plan that is a list',
      { ...toys, plan: ['small'] },
      'plan: Invalid input: expected string',
    ],
    [
      'an owner that is no ref',
      { ...toys, owner: 'me' },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner of another kind',
      { ...toys, owner: 'component:default/a' },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner without a namespace',
      { ...toys, owner: 'group:a' },
      'owner: must be the ref of a user or group',
    ],
    [
      'protected as a text',
      { ...toys, protected: 'yes' },
      'protected: Invalid input: expected boolean',
    ],
    ['an unknown field', { ...toys, size: 'small' }, 'size: unknown field'],
    [
      'several unknown fields',
      { ...toys, a: 1, b: 2 },
      'a: unknown field; b: unknown field',
    ],
    [
      'several wrong fields',
      { name: '', engine: 7 },
      'name: must not be empty; engine: Invalid input',
    ],
    [
      'parameters that are a list',
      { ...toys, parameters: [] },
      'parameters: Invalid input',
    ],
    [
      'an unknown parameter',
      { ...toys, parameters: { colour: 'red' } },
      'colour',
    ],
    [
      'a wrong currency',
      { ...toys, parameters: { currency: 'euro' } },
      'parameters.currency',
    ],
    [
      'a country of three letters',
      { ...toys, parameters: { countries: ['deu'] } },
      'parameters.countries.0',
    ],
    [
      'an image with a registry',
      { ...toys, parameters: { imageVersion: 'evil.example/x:1' } },
      'parameters.imageVersion',
    ],
    [
      'an e-mail that is none',
      { ...toys, parameters: { adminEmail: 'nobody' } },
      'parameters.adminEmail',
    ],
  ])('answers 400 naming the field to %s', async (_, body, message) => {
    const { backend, stores, enqueued } = await setUp();
    const response = await request(backend.server)
      .post('/api/stores')
      .send(body as object);
    expect(response.body.error.message).toContain(message);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(await stores.listUnfinished()).toEqual([]);
    expect(enqueued).toEqual([]);
  });

  it.each([
    ['JSON that is broken', 'application/json', '{"name":', 400],
    ['a JSON text', 'application/json', '"toys"', 400],
    ['no content type', '', '{"name":"Toys","engine":"medusa"}', 415],
    [
      'a form',
      'application/x-www-form-urlencoded',
      'name=Toys&engine=medusa',
      415,
    ],
    ['XML', 'application/xml', '<store/>', 415],
    ['plain text', 'text/plain', '{"name":"Toys","engine":"medusa"}', 415],
    [
      'an unknown charset',
      'application/json; charset=martian',
      '{"name":"Toys","engine":"medusa"}',
      415,
    ],
    [
      'a huge body',
      'application/json',
      JSON.stringify({ ...toys, name: 'x'.repeat(2_000_000) }),
      413,
    ],
  ])('refuses %s', async (_, contentType, body, status) => {
    const { backend, stores } = await setUp();
    const { port } = backend.server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/api/stores`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body: new TextEncoder().encode(body),
    });
    expect(response.status).toBe(status);
    expect(await stores.listUnfinished()).toEqual([]);
  });

  it('refuses a body that is missing', async () => {
    const { backend } = await setUp();
    const response = await request(backend.server).post('/api/stores');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('is required');
  });

  it.each(['with space', 'x'.repeat(201)])(
    'refuses the Idempotency-Key %s',
    async key => {
      const { backend } = await setUp();
      const response = await request(backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', key)
        .send(toys);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toBe(
        'header Idempotency-Key: must be 1 to 200 printable characters',
      );
    },
  );

  it('replaces an X-Request-Id that is not one', async () => {
    const setup = await setUp();
    const { body } = await request(setup.backend.server)
      .post('/api/stores')
      .set('X-Request-Id', 'a b <script>')
      .send(toys);
    const events = await request(setup.backend.server).get(
      `/api/stores/${body.id}/events`,
    );
    expect(events.body.items[0].correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('GET /api/stores', () => {
  it('pages through the stores and filters them', async () => {
    const setup = await setUp();
    for (const name of ['Alpha', 'Bravo', 'Charlie']) {
      await createStore(setup, { name });
    }
    const first = await request(setup.backend.server).get(
      '/api/stores?order=name&limit=2',
    );
    expect(first.body.items.map((store: Store) => store.name)).toEqual([
      'Alpha',
      'Bravo',
    ]);
    const second = await request(setup.backend.server)
      .get('/api/stores')
      .query({ order: 'name', limit: 2, cursor: first.body.nextCursor });
    expect(second.body.items.map((store: Store) => store.name)).toEqual([
      'Charlie',
    ]);
    expect(second.body.nextCursor).toBeUndefined();
    const found = await request(setup.backend.server).get(
      '/api/stores?state=REQUESTED&state=READY&q=brav&engine=medusa&owner=user:default/mock',
    );
    expect(found.body.items.map((store: Store) => store.name)).toEqual([
      'Bravo',
    ]);
    const ready = await request(setup.backend.server).get(
      '/api/stores?state=READY',
    );
    expect(ready.body.items).toEqual([]);
  });

  it('shows DELETED stores only when asked for', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    await markDeleted(setup, id);
    expect(
      (await request(setup.backend.server).get('/api/stores')).body.items,
    ).toEqual([]);
    const deleted = await request(setup.backend.server).get(
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

  it.each([
    ['limit=0', 'limit: must be at least 1'],
    ['limit=101', 'limit: must be at most 100'],
    ['limit=ten', 'limit: must be a whole number'],
    ['limit=1e1', 'limit: must be a whole number'],
    ['limit=5&limit=6', 'limit: Invalid input'],
    ['state=SLEEPING', 'state: must be one of REQUESTED'],
    ['state=READY&state=SLEEPING', 'state.1: must be one of REQUESTED'],
    ['order=size', 'order: must be one of -createdAt'],
    ['cursor=nonsense', "cursor: 'nonsense' is not a cursor of this list"],
    ['owner=me', 'owner: must be the ref of a user or group'],
    ['q[a]=b', 'q: Invalid input'],
    ['q=%00', 'q: must not contain control characters'],
    ['sort=name', 'sort: unknown field'],
  ])('answers 400 naming the field to ?%s', async (query, message) => {
    const { backend } = await setUp();
    const response = await request(backend.server).get(`/api/stores?${query}`);
    expect(response.body.error?.message).toContain(message);
    expect(response.status).toBe(400);
  });
});

describe('GET /api/stores/:id', () => {
  it('answers with the store', async () => {
    const setup = await setUp();
    const store = await createStore(setup);
    const response = await request(setup.backend.server).get(
      `/api/stores/${store.id}`,
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual(store);
  });

  it.each(['none-aaaaa', 'UPPER', 'a%00b', '..%2Fplans', 'x'.repeat(300)])(
    'answers 404 to %s',
    async id => {
      const { backend } = await setUp();
      const response = await request(backend.server).get(`/api/stores/${id}`);
      expect(response.status).toBe(404);
      expect(response.body.error.name).toBe('NotFoundError');
    },
  );
});

describe('GET /api/stores/:id/events', () => {
  it('goes on behind a cursor', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    await request(setup.backend.server).delete(`/api/stores/${id}`);
    const first = await request(setup.backend.server).get(
      `/api/stores/${id}/events?limit=1`,
    );
    expect(first.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'requested',
    ]);
    const second = await request(setup.backend.server).get(
      `/api/stores/${id}/events?after=${first.body.cursor}`,
    );
    expect(second.body.items.map(({ type }: { type: string }) => type)).toEqual(
      ['deletion-requested'],
    );
    const third = await request(setup.backend.server).get(
      `/api/stores/${id}/events?after=${second.body.cursor}`,
    );
    expect(third.body).toEqual({ items: [], cursor: second.body.cursor });
  });

  it('waits for an event and is woken by its commit', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    let answered = false;
    const waiting = request(setup.backend.server)
      .get(`/api/stores/${id}/events?after=1&wait=30`)
      .then(response => {
        answered = true;
        return response;
      });
    await sleep(300);
    expect(answered).toBe(false);
    const begun = Date.now();
    await setup.stores.requestDeletion({ id, actor: 'user:default/ada' });
    const response = await waiting;
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(response.body.items).toEqual([
      expect.objectContaining({ sequence: 2, actor: 'user:default/ada' }),
    ]);
  });

  it('answers an empty page when nothing happens in time', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    const response = await request(setup.backend.server).get(
      `/api/stores/${id}/events?after=1&wait=1`,
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ items: [], cursor: 1 });
  });

  it('lets the backend stop while somebody waits', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    const { port } = setup.backend.server.address() as AddressInfo;
    const waiting = fetch(
      `http://localhost:${port}/api/stores/${id}/events?after=1&wait=30`,
    );
    await sleep(300);
    const begun = Date.now();
    await Promise.all([backends.pop()!.stop(), waiting.catch(() => undefined)]);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it.each([
    ['wait=31', 'wait: must be at most 30'],
    ['wait=-1', 'wait: must be a whole number'],
    ['after=-1', 'after: must be a whole number'],
    ['limit=501', 'limit: must be at most 500'],
    ['since=1', 'since: unknown field'],
  ])('answers 400 naming the field to ?%s', async (query, message) => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    const response = await request(setup.backend.server).get(
      `/api/stores/${id}/events?${query}`,
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(message);
  });

  it('answers 404 for a store that is not there', async () => {
    const { backend } = await setUp();
    const response = await request(backend.server).get(
      '/api/stores/none-aaaaa/events?wait=30',
    );
    expect(response.status).toBe(404);
  });
});

describe('DELETE /api/stores/:id', () => {
  it('answers 202, again 202, and 200 once the store is gone', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup);
    const send = () =>
      request(setup.backend.server).delete(`/api/stores/${id}`);
    const first = await send();
    expect([first.status, first.body.state]).toEqual([202, 'DELETING']);
    const second = await send();
    expect([second.status, second.body.state]).toEqual([202, 'DELETING']);
    expect(setup.enqueued).toEqual([id, id, id]);
    await markDeleted(setup, id);
    const third = await send();
    expect([third.status, third.body.state]).toEqual([200, 'DELETED']);
  });

  it('answers 409 for a protected store', async () => {
    const setup = await setUp();
    const { id } = await createStore(setup, { protected: true });
    const response = await request(setup.backend.server).delete(
      `/api/stores/${id}`,
    );
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain(`store '${id}' is protected`);
    expect((await setup.stores.get(id))!.state).toBe('REQUESTED');
  });

  it('answers 404 for a store that is not there', async () => {
    const { backend } = await setUp();
    expect(
      (await request(backend.server).delete('/api/stores/none-aaaaa')).status,
    ).toBe(404);
  });
});

describe('GET /api/stores/plans and /cluster', () => {
  it('lists the plans', async () => {
    const { backend } = await setUp();
    const response = await request(backend.server).get('/api/stores/plans');
    expect(response.body).toEqual({
      items: [
        { name: 'small', description: 'For small shops', default: true },
        { name: 'large', description: 'For large shops', default: false },
      ],
    });
  });

  describe('with a preparation file', () => {
    let directory: string;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'stores-api-'));
    });

    afterEach(async () => {
      await rm(directory, { recursive: true });
    });

    it('shows how far the cluster is, and no progress while the file lacks or is broken', async () => {
      const preparationFile = join(directory, 'progress.json');
      const { backend } = await setUp({ preparationFile });
      const get = async () =>
        (await request(backend.server).get('/api/stores/cluster')).body;
      const unreachable = { reachable: false, message: 'connection refused' };
      expect(await get()).toEqual(unreachable);
      await writeFile(preparationFile, '{"instance":');
      expect(await get()).toEqual(unreachable);
      const preparation = {
        instance: 'local',
        status: 'running',
        startedAt: '2026-01-02T03:04:05.000Z',
        updatedAt: '2026-01-02T03:05:05.000Z',
        part: 2,
        parts: 5,
        elapsedSeconds: 60,
        log: '/var/log/up.log',
        items: [
          {
            id: 'build',
            title: 'Programs',
            status: 'running',
            done: 3,
            total: 9,
            unit: 'packages',
          },
        ],
      };
      await writeFile(preparationFile, JSON.stringify(preparation));
      expect(await get()).toEqual({ ...unreachable, preparation });
    });
  });
});

describe('permissions', () => {
  const calls: Record<
    string,
    (server: TestBackend['server'], id: string) => request.Test
  > = {
    'POST /': server =>
      request(server)
        .post('/api/stores')
        .send({ ...toys, name: 'Other' }),
    'GET /': server => request(server).get('/api/stores'),
    'GET /plans': server => request(server).get('/api/stores/plans'),
    'GET /cluster': server => request(server).get('/api/stores/cluster'),
    'GET /:id': (server, id) => request(server).get(`/api/stores/${id}`),
    'GET /:id/events': (server, id) =>
      request(server).get(`/api/stores/${id}/events`),
    'DELETE /:id': (server, id) => request(server).delete(`/api/stores/${id}`),
  };
  const wanted: Record<string, string> = {
    'POST /': storeCreatePermission.name,
    'DELETE /:id': storeDeletePermission.name,
  };

  it.each(Object.keys(calls))('%s wants its permission', async call => {
    const denied = wanted[call] ?? storeReadPermission.name;
    const setup = await setUp({ denied });
    const { store } = await setup.stores.create({
      ...toys,
      plan: 'small',
      owner: 'user:default/mock',
      createdBy: 'user:default/mock',
      parameters: {},
      protected: false,
    });
    const response = await calls[call]!(setup.backend.server, store.id);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain(`'${denied}'`);
    expect((await setup.stores.get(store.id))!.state).toBe('REQUESTED');
    expect(await setup.stores.listUnfinished()).toHaveLength(1);
  });

  it.each(Object.keys(calls))('%s wants credentials', async call => {
    const { backend } = await setUp();
    const response = await calls[call]!(backend.server, 'none-aaaaa').set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(response.status).toBe(401);
  });
});

describe('auditing', () => {
  it('tells of creations and deletions, also of those that are refused', async () => {
    const success = jest.fn();
    const fail = jest.fn();
    const createEvent = jest.fn(async (_: { eventId: string }) => ({
      success,
      fail,
    }));
    const setup = await setUp({
      auditor: mockServices.auditor.mock({ createEvent }),
    });
    const { id } = await createStore(setup);
    await request(setup.backend.server).post('/api/stores').send(toys);
    await request(setup.backend.server).delete(`/api/stores/${id}`);
    expect(createEvent.mock.calls.map(([{ eventId }]) => eventId)).toEqual([
      'store-create',
      'store-create',
      'store-delete',
    ]);
    expect(success).toHaveBeenCalledTimes(2);
    expect(success).toHaveBeenCalledWith({
      meta: { storeId: id, owner: 'user:default/mock', created: true },
    });
    expect(fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'ConflictError' }),
    });
  });
});

describe('StoresClient', () => {
  it('speaks with the router', async () => {
    const setup = await setUp();
    const { port } = setup.backend.server.address() as AddressInfo;
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
