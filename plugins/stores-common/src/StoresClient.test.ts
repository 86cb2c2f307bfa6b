import { StoresClient } from './StoresClient';
import type { StoresFetch } from './StoresClientOptions';

function clientThatGets(response: Response) {
  const fetch = jest.fn<Promise<Response>, Parameters<StoresFetch>>(async () =>
    response.clone(),
  );
  const client = StoresClient.create({ baseUrl: 'plugin://stores', fetch });
  return { client, fetch };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

it('asks for a store with its key', async () => {
  const { client, fetch } = clientThatGets(json({ id: 'toys-aaaaa' }, 201));
  const store = await client.createStore(
    { name: 'Toys', engine: 'medusa' },
    { idempotencyKey: 'k' },
  );
  expect(store.id).toBe('toys-aaaaa');
  expect(fetch).toHaveBeenCalledWith('plugin://stores/', {
    method: 'POST',
    signal: undefined,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' },
    body: '{"name":"Toys","engine":"medusa"}',
  });
});

it('asks for a store without a key', async () => {
  const { client, fetch } = clientThatGets(json({ id: 'toys-aaaaa' }, 201));
  await client.createStore({ name: 'Toys', engine: 'medusa' });
  expect(fetch.mock.calls[0]![1]?.headers).toStrictEqual({
    'Content-Type': 'application/json',
  });
});

it('writes only the parts of a query that are given', async () => {
  const { client, fetch } = clientThatGets(json({ items: [] }));
  await client.listStores({
    states: ['READY', 'FAILED'],
    query: 'a&b',
    limit: 5,
  });
  expect(fetch.mock.calls[0]![0]).toBe(
    'plugin://stores/?limit=5&state=READY&state=FAILED&q=a%26b',
  );
  await client.listStores();
  expect(fetch.mock.calls[1]![0]).toBe('plugin://stores/');
});

it('hands the signal on', async () => {
  const { client, fetch } = clientThatGets(json({ items: [], cursor: 7 }));
  const { signal } = new AbortController();
  await client.listEvents('toys-aaaaa', { after: 7, wait: 30, signal });
  expect(fetch).toHaveBeenCalledWith(
    'plugin://stores/toys-aaaaa/events?after=7&wait=30',
    expect.objectContaining({ method: 'GET', signal }),
  );
});

it('does not let an id leave its place', async () => {
  const { client, fetch } = clientThatGets(json({}));
  await client.deleteStore('../plans?x');
  expect(fetch.mock.calls[0]![0]).toBe('plugin://stores/..%2Fplans%3Fx');
});

it("throws the backend's error", async () => {
  const { client } = clientThatGets(
    json(
      {
        error: { name: 'ConflictError', message: 'taken' },
        response: { statusCode: 409 },
      },
      409,
    ),
  );
  await expect(
    client.createStore({ name: 'Toys', engine: 'medusa' }),
  ).rejects.toMatchObject({
    name: 'ResponseError',
    cause: expect.objectContaining({ name: 'ConflictError', message: 'taken' }),
  });
});

it.each([
  ['what a proxy answers', (client: StoresClient) => client.getStore('a')],
  ['a refusal of text', (client: StoresClient) => client.getMetrics()],
])('throws %s, with its words', async (_, call) => {
  const { client } = clientThatGets(
    new Response('no upstream', { status: 502, statusText: 'Bad Gateway' }),
  );
  await expect(call(client)).rejects.toMatchObject({
    name: 'ResponseError',
    statusCode: 502,
    cause: expect.objectContaining({
      message: expect.stringContaining('no upstream'),
    }),
  });
});

it('throws as it is what kept it from an answer', async () => {
  const error = new TypeError('fetch failed');
  const client = StoresClient.create({
    baseUrl: 'plugin://stores',
    fetch: async () => {
      throw error;
    },
  });
  await expect(client.listStores()).rejects.toBe(error);
});

it("uses the platform's fetch where it is given none", async () => {
  const fetch = jest
    .spyOn(globalThis, 'fetch')
    .mockResolvedValue(json({ id: 'toys-aaaaa' }));
  const client = StoresClient.create({ baseUrl: 'http://localhost:7007' });
  expect(await client.getStore('toys-aaaaa')).toEqual({ id: 'toys-aaaaa' });
  expect(fetch).toHaveBeenCalledWith(
    'http://localhost:7007/toys-aaaaa',
    expect.objectContaining({ method: 'GET' }),
  );
  fetch.mockRestore();
});

it('finds the backend anew for each call', async () => {
  const baseUrl = jest.fn(async () => 'http://localhost:7007/api/stores');
  const fetch = jest.fn(async () => json({ items: [{ name: 'small' }] }));
  const client = StoresClient.create({ baseUrl, fetch });
  expect(await client.listPlans()).toEqual([{ name: 'small' }]);
  expect(fetch).toHaveBeenCalledWith(
    'http://localhost:7007/api/stores/plans',
    expect.anything(),
  );
});

it.each<[string, (client: StoresClient) => Promise<unknown>, string, unknown]>([
  [
    'PATCH /a-aaaaa',
    client => client.changeStore('a-aaaaa', { protected: true }),
    '',
    { protected: true },
  ],
  ['GET /a-aaaaa', client => client.getStore('a-aaaaa'), '', undefined],
  ['GET /cluster', client => client.getCluster(), '', undefined],
  ['POST /a-aaaaa/retry', client => client.retryStore('a-aaaaa'), '', {}],
  [
    'POST /a-aaaaa/upgrade',
    client => client.upgradeStore('a-aaaaa', { plan: 'large' }),
    '',
    { plan: 'large' },
  ],
  [
    'POST /a-aaaaa/pause',
    client =>
      client.pauseStore('a-aaaaa', { minutes: 5, reason: 'a dump by hand' }),
    '',
    { minutes: 5, reason: 'a dump by hand' },
  ],
  [
    'POST /a-aaaaa/resume',
    client => client.resumeStore('a-aaaaa'),
    '',
    undefined,
  ],
  [
    'GET /events',
    client => client.listAllEvents({ after: 3 }),
    '?after=3',
    undefined,
  ],
  [
    'GET /a-aaaaa/resources',
    client => client.getResources('a-aaaaa'),
    '',
    undefined,
  ],
  [
    'GET /a-aaaaa/logs',
    client => client.getLogs('a-aaaaa', { previous: true, tail: 5 }),
    '?previous=true&tail=5',
    undefined,
  ],
  [
    'GET /a-aaaaa/credentials',
    client => client.getCredentials('a-aaaaa'),
    '',
    undefined,
  ],
  ['GET /names/a%20%2F', client => client.checkName('a /'), '', undefined],
  [
    'GET /plans',
    client => client.getPlans({ owner: 'group:default/a' }),
    '?owner=group%3Adefault%2Fa',
    undefined,
  ],
  ['GET /capacity', client => client.getCapacity(), '', undefined],
  [
    'GET /overview',
    client => client.getOverview({ days: 1 }),
    '?days=1',
    undefined,
  ],
  ['GET /metrics', client => client.getMetrics(), '', undefined],
  ['GET /metrics/summary', client => client.getMetricsSummary(), '', undefined],
])('sends %s', async (call, send, query, body) => {
  const { client, fetch } = clientThatGets(json({}));
  await send(client);
  const [method, path] = call.split(' ');
  expect(fetch.mock.calls).toStrictEqual([
    [
      `plugin://stores${path}${query}`,
      {
        method,
        signal: undefined,
        headers: body ? { 'Content-Type': 'application/json' } : {},
        body: body && JSON.stringify(body),
      },
    ],
  ]);
});
