import type {
  Store,
  StoreEvent,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  startPortal,
  tokens,
  type TestPortal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

type Method = 'get' | 'post' | 'patch' | 'delete';

interface Call {
  method: Method;
  /** `:id` stands for a new store of Ada's team. */
  path: string;
  body?: object;
  /** The answer to whoever may make the call. */
  status: number;
}

const callers = [
  'anonymous',
  'another owner',
  'a member',
  'an admin',
  'a service',
  'the restricted token',
] as const;

type Caller = (typeof callers)[number];

/** Who may make the calls of a kind; the others get 403, and without credentials 401. */
const signedIn = callers.filter(caller => caller !== 'anonymous');
const owners = signedIn.filter(caller => caller !== 'another owner');
const withLogins = owners.filter(caller => caller !== 'the restricted token');

/** No store is READY here, and there is no cluster: what the call then answers is no matter of permissions. */
const matrix: [allowed: readonly Caller[], calls: Call[]][] = [
  [
    signedIn,
    [
      { method: 'get', path: '/', status: 200 },
      { method: 'get', path: '/events', status: 200 },
      { method: 'get', path: '/names/Toys', status: 200 },
      { method: 'get', path: '/plans', status: 200 },
      { method: 'get', path: '/capacity', status: 503 },
      { method: 'get', path: '/overview', status: 200 },
      { method: 'get', path: '/cluster', status: 200 },
      { method: 'get', path: '/metrics', status: 200 },
      { method: 'get', path: '/metrics/summary', status: 200 },
      { method: 'get', path: '/openapi.json', status: 200 },
      { method: 'get', path: '/:id', status: 200 },
      { method: 'get', path: '/:id/events', status: 200 },
      { method: 'get', path: '/:id/resources', status: 200 },
      {
        method: 'post',
        path: '/',
        body: { name: 'New shop', engine: 'medusa' },
        status: 201,
      },
    ],
  ],
  [
    owners,
    [
      {
        method: 'patch',
        path: '/:id',
        body: { protected: true },
        status: 200,
      },
      { method: 'post', path: '/:id/retry', body: {}, status: 202 },
      { method: 'post', path: '/:id/upgrade', body: {}, status: 409 },
      {
        method: 'post',
        path: '/:id/pause',
        body: { minutes: 5, reason: 'Looking into it' },
        status: 202,
      },
      { method: 'post', path: '/:id/resume', body: {}, status: 202 },
      { method: 'get', path: '/:id/logs', status: 404 },
      { method: 'delete', path: '/:id', status: 202 },
    ],
  ],
  [withLogins, [{ method: 'get', path: '/:id/credentials', status: 200 }]],
];

const rows = matrix.flatMap(([allowed, calls]) =>
  calls.flatMap(call =>
    callers.map(caller => {
      const refused = caller === 'anonymous' ? 401 : 403;
      return {
        ...call,
        caller,
        status: allowed.includes(caller) ? call.status : refused,
      };
    }),
  ),
);

describe('permissions of the API', () => {
  let portal: TestPortal;
  let authorization: Record<Caller, string | undefined>;
  let names = 0;

  beforeAll(async () => {
    portal = await startPortal();
    authorization = {
      anonymous: undefined,
      'another owner': await portal.signIn('bob'),
      'a member': await portal.signIn('ada'),
      'an admin': await portal.signIn('root'),
      'a service': tokens.service,
      'the restricted token': tokens.restricted,
    };
  });

  afterAll(() => portal?.stop());

  function send(caller: Caller, method: Method, path: string, body?: object) {
    const sent = request(portal.backend.server)[method](`/api/stores${path}`);
    const token = authorization[caller];
    if (token !== undefined) sent.set('Authorization', `Bearer ${token}`);
    return body === undefined ? sent : sent.send(body);
  }

  async function createStore(): Promise<Store> {
    names += 1;
    const { body, status } = await send('a member', 'post', '/', {
      name: `Toys ${names}`,
      engine: 'medusa',
      owner: 'group:default/toys',
      parameters: { adminEmail: 'ada@example.com' },
    });
    expect(status).toBe(201);
    await portal.pretendRendered(body.id);
    return body;
  }

  async function readStore(id: string): Promise<Store> {
    return (await send('a member', 'get', `/${id}`)).body;
  }

  it.each(rows)(
    '$method $path answers $status to $caller',
    async ({ caller, method, path, body, status }) => {
      const store = path.includes(':id') ? await createStore() : undefined;
      const before = store && (await readStore(store.id));
      const response = await send(
        caller,
        method,
        path.replace(':id', store?.id ?? ''),
        body && 'name' in body
          ? { ...body, name: `New shop ${names++}` }
          : body,
      );
      // The text says why when it is another one.
      expect(`${response.status} ${response.text}`).toMatch(`${status} `);
      const refused = [401, 403].includes(status);
      const told = refused ? response.text : '';
      expect(told).not.toContain('ada@example.com');
      const after = store && refused ? await readStore(store.id) : before;
      expect(after).toEqual(before);
    },
  );

  it('leaves out no call', async () => {
    const { body } = await send('a member', 'get', '/openapi.json');
    const documented = Object.entries<object>(body.paths).flatMap(
      ([path, operations]) =>
        Object.keys(operations)
          .filter(method => ['get', 'post', 'patch', 'delete'].includes(method))
          .map(method => `${method} ${path.replace('{id}', ':id')}`),
    );
    const listed = matrix.flatMap(([, calls]) =>
      calls.map(
        ({ method, path }) => `${method} ${path.replace('Toys', '{name}')}`,
      ),
    );
    expect(listed.sort()).toEqual(documented.sort());
  });

  it("keeps the details of events from everybody but the owner's people", async () => {
    const { id } = await createStore();
    const detailed = async (caller: Caller) => {
      const { body } = await send(caller, 'get', `/${id}/events`);
      const all = await send(caller, 'get', '/events?limit=500');
      const events: StoreEvent[] = [
        ...body.items,
        ...all.body.items.filter((each: StoreEvent) => each.storeId === id),
      ];
      return events.filter(({ details }) => details !== undefined).length;
    };
    expect(await detailed('another owner')).toBe(0);
    expect(await detailed('a member')).toBe(2);
    expect(await detailed('an admin')).toBe(2);
  });

  it("keeps a store's parameters from everybody but the owner's people", async () => {
    const { id } = await createStore();
    const shown = async (caller: Caller) => [
      (await send(caller, 'get', `/${id}`)).text,
      (await send(caller, 'get', `/?q=${id}`)).text,
    ];
    for (const text of await shown('another owner')) {
      expect(text).toContain(id);
      expect(text).not.toContain('ada@example.com');
    }
    for (const text of await shown('a member')) {
      expect(text).toContain('ada@example.com');
    }
  });

  it('refuses an owner that the caller is no member of', async () => {
    const response = await send('a member', 'post', '/', {
      name: 'Not mine',
      engine: 'medusa',
      owner: 'group:default/books',
    });
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain('group:default/books');
  });
});
