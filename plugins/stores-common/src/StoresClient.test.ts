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
  expect(fetch).toHaveBeenCalledWith(
    `plugin://stores${path}${query}`,
    expect.objectContaining({
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
});
