import { deepStrictEqual } from 'node:assert';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import {
  createStore,
  startTestApi,
  toys,
  type TestApi,
} from '../__testUtils__/testApi';

jest.setTimeout(60_000);

// None of the requests in here keeps anything, so one backend with one store does for all.
let api: TestApi;
let id: string;
let kept: unknown;

async function readAll(): Promise<unknown> {
  const { knex } = api;
  return {
    stores: await knex('stores').orderBy('id'),
    events: await knex('store_events').orderBy('sequence'),
    generations: await knex('store_generations'),
    enqueued: [...api.enqueued],
  };
}

beforeAll(async () => {
  api = await startTestApi({
    orchestrator: {
      lacking: async () => {
        throw new Error('asked for room before the request was checked');
      },
    },
  });
  const { store } = await api.stores.create({
    name: 'Kept',
    engine: 'medusa',
    plan: 'small',
    owner: 'user:default/mock',
    createdBy: 'user:default/mock',
    parameters: { currency: 'eur' },
    protected: false,
  });
  ({ id } = store);
  kept = await readAll();
});

afterAll(() => api.backend.stop());

afterEach(async () => {
  deepStrictEqual(await readAll(), kept);
  deepStrictEqual(api.wrongAnswers, []);
});

async function send(options: {
  method: string;
  path: string;
  body?: string;
  contentType?: string;
  headers?: Record<string, string>;
}): Promise<{ status: number; text: string; error?: { message: string } }> {
  const { port } = api.backend.server.address() as AddressInfo;
  const { method, path, body, contentType = 'application/json' } = options;
  const response = await fetch(`http://localhost:${port}/api/stores${path}`, {
    method,
    headers: { 'Content-Type': contentType, ...options.headers },
    body: body === undefined ? undefined : new TextEncoder().encode(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    ...(text.startsWith('{') ? JSON.parse(text) : {}),
  };
}

describe('POST /api/stores', () => {
  it.each<[string, unknown, string]>([
    ['no fields', {}, 'name: is required; engine: is required'],
    ['a list', [], 'body: must be an object'],
    ['no name', { engine: 'medusa' }, 'name: is required'],
    ['no engine', { name: 'Toys' }, 'engine: is required'],
    ['a name that is a number', { ...toys, name: 7 }, 'name: must be a text'],
    ['a name that is null', { ...toys, name: null }, 'name: must be a text'],
    ['a name that is a list', { ...toys, name: ['a'] }, 'name: must be a text'],
    [
      'a name that is an object',
      { ...toys, name: { $ne: '' } },
      'name: must be a text',
    ],
    ['an empty name', { ...toys, name: '' }, 'name: must not be empty'],
    ['a blank name', { ...toys, name: '   ' }, 'name: must not be empty'],
    [
      'a name of blanks of other kinds',
      { ...toys, name: '\u00a0\u2003' },
      'name: must not be empty',
    ],
    [
      'a name without a slug',
      { ...toys, name: '日本' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a name of an emoji',
      { ...toys, name: '🛍️' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a name of punctuation',
      { ...toys, name: '$(){}`;' },
      'name: must contain a latin letter or a digit',
    ],
    [
      'a long name',
      { ...toys, name: 'x'.repeat(61) },
      'name: must not be longer than 60 characters',
    ],
    [
      'a very long name',
      { ...toys, name: 'x'.repeat(50_000) },
      'name: must not be longer than 60 characters',
    ],
    [
      'a name with a NUL',
      { ...toys, name: 'a\0b' },
      'name: must not contain control characters',
    ],
    [
      'a name with a line break',
      { ...toys, name: 'a\nkind: Secret' },
      'name: must not contain control characters',
    ],
    [
      'a name with an escape sequence',
      { ...toys, name: 'a\u001b[31m' },
      'name: must not contain control characters',
    ],
    [
      'a name with half a character',
      { ...toys, name: 'a\ud83d' },
      'name: has half of a surrogate pair',
    ],
    [
      'a name that turns the direction of writing around',
      { ...toys, name: 'a\u202eb' },
      'name: must not contain control characters',
    ],
    [
      'a name whose slug has no room in the database',
      { ...toys, name: '㎯'.repeat(60) },
      'name: must not be longer than 120 characters in latin letters',
    ],
    [
      'an unknown engine',
      { ...toys, engine: 'magento' },
      "engine: unknown engine 'magento', expected one of 'medusa'",
    ],
    ['an empty engine', { ...toys, engine: '' }, 'engine: must not be empty'],
    [
      'an engine that is a boolean',
      { ...toys, engine: true },
      'engine: must be a text',
    ],
    [
      'an engine with a path',
      { ...toys, engine: '../../etc/passwd' },
      "engine: unknown engine '../../etc/passwd'",
    ],
    [
      'an engine called __proto__',
      { ...toys, engine: '__proto__' },
      "engine: unknown engine '__proto__'",
    ],
    [
      'an engine called constructor',
      { ...toys, engine: 'constructor' },
      "engine: unknown engine 'constructor'",
    ],
    [
      'an unknown plan',
      { ...toys, plan: 'huge' },
      "plan: unknown plan 'huge', expected one of 'small', 'large'",
    ],
    [
      'a plan called toString',
      { ...toys, plan: 'toString' },
      "plan: unknown plan 'toString'",
    ],
    [
      'a plan that is a list',
      { ...toys, plan: ['small'] },
      'plan: must be a text',
    ],
    ['a plan that is null', { ...toys, plan: null }, 'plan: must be a text'],
    [
      'an unknown plan and an unknown parameter at once',
      { ...toys, plan: 'huge', parameters: { colour: 'red' } },
      "plan: unknown plan 'huge'",
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
      'an owner with SQL',
      { ...toys, owner: "group:default/a'; DROP TABLE stores; --" },
      'owner: must be the ref of a user or group',
    ],
    [
      'an owner with a line break',
      { ...toys, owner: 'group:default/a\nb' },
      'owner: must be the ref of a user or group',
    ],
    [
      'a very long owner',
      { ...toys, owner: `group:default/${'a'.repeat(300)}` },
      'owner: must not be longer than 200 characters',
    ],
    [
      'protected as a text',
      { ...toys, protected: 'yes' },
      'protected: must be true or false',
    ],
    [
      'protected as a number',
      { ...toys, protected: 1 },
      'protected: must be true or false',
    ],
    ['an unknown field', { ...toys, size: 'small' }, 'size: unknown field'],
    [
      'several unknown fields',
      { ...toys, a: 1, b: 2 },
      'a: unknown field; b: unknown field',
    ],
    [
      'a field of the answer',
      { ...toys, state: 'READY' },
      'state: unknown field',
    ],
    [
      'a field of the database',
      { ...toys, lease_epoch: 7 },
      'lease_epoch: unknown field',
    ],
    [
      'several wrong fields',
      { name: '', engine: 7, size: 1 },
      'size: unknown field; name: must not be empty; engine: must be a text',
    ],
    [
      'parameters that are a list',
      { ...toys, parameters: [] },
      'parameters: must be an object',
    ],
    [
      'parameters that are a text',
      { ...toys, parameters: 'currency=eur' },
      'parameters: must be an object',
    ],
    [
      'an unknown parameter',
      { ...toys, parameters: { colour: 'red' } },
      'parameters.colour: unknown field',
    ],
    [
      'a parameter of the chart',
      { ...toys, parameters: { 'image.repository': 'evil.example/x' } },
      'parameters.image.repository: unknown field',
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
      'no countries',
      { ...toys, parameters: { countries: [] } },
      'parameters.countries',
    ],
    [
      'a country twice',
      { ...toys, parameters: { countries: ['de', 'de'] } },
      'parameters.countries',
    ],
    [
      'an image with a registry',
      { ...toys, parameters: { imageVersion: 'evil.example/x:1' } },
      'parameters.imageVersion',
    ],
    [
      'an image with a command',
      { ...toys, parameters: { imageVersion: '1 --privileged' } },
      'parameters.imageVersion',
    ],
    [
      'an e-mail that is none',
      { ...toys, parameters: { adminEmail: 'nobody' } },
      'parameters.adminEmail',
    ],
    [
      'a title that is too long',
      { ...toys, parameters: { title: 'x'.repeat(81) } },
      'parameters.title',
    ],
    [
      'a title with a NUL',
      { ...toys, parameters: { title: 'a\0b' } },
      'parameters.title: expected no control characters or broken ones',
    ],
    [
      'a title with half a character',
      { ...toys, parameters: { title: 'a\ud83d' } },
      'parameters.title: has half of a surrogate pair',
    ],
    [
      'a title that is a template',
      { ...toys, parameters: { title: ['{{ .Values.secrets }}'] } },
      'parameters.title',
    ],
  ])('answers 400 naming the field to %s', async (_, body, message) => {
    const response = await request(api.backend.server)
      .post('/api/stores')
      .send(body as object);
    expect(response.body.error.message).toContain(message);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
  });

  it('names all that is wrong at once, also what the engine says', async () => {
    const response = await request(api.backend.server)
      .post('/api/stores')
      .send({ ...toys, plan: 'huge', parameters: { colour: 'red' } });
    expect(response.body.error.message).toBe(
      "plan: unknown plan 'huge', expected one of 'small', 'large'; parameters.colour: unknown field",
    );
  });

  it.each(['with space', 'x'.repeat(201), 'umläut', ''])(
    "refuses the Idempotency-Key '%s'",
    async key => {
      const response = await request(api.backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', key)
        .send(toys);
      expect(response.body.error.message).toBe(
        'header Idempotency-Key: must be 1 to 200 printable characters',
      );
      expect(response.status).toBe(400);
    },
  );
});

describe('calls that change a store', () => {
  it.each<[string, string, unknown, string]>([
    ['PATCH', '', {}, 'body: must have one of owner, protected'],
    ['PATCH', '', [], 'body: must be an object'],
    ['PATCH', '', { name: 'Other' }, 'name: unknown field'],
    ['PATCH', '', { state: 'DELETED' }, 'state: unknown field'],
    [
      'PATCH',
      '',
      { generation: 7, protected: true },
      'generation: unknown field',
    ],
    ['PATCH', '', { protected: null }, 'protected: must be true or false'],
    ['PATCH', '', { protected: 'false' }, 'protected: must be true or false'],
    ['PATCH', '', { owner: '' }, 'owner: must not be empty'],
    [
      'PATCH',
      '',
      { owner: 'nobody' },
      'owner: must be the ref of a user or group',
    ],
    [
      'PATCH',
      '',
      { owner: 7, extra: 1 },
      'extra: unknown field; owner: must be a text',
    ],
    ['DELETE', '', { force: true }, 'force: unknown field'],
    [
      'POST',
      '/retry',
      { acceptDataLoss: 'yes' },
      'acceptDataLoss: must be true or false',
    ],
    [
      'POST',
      '/retry',
      { acceptDataLoss: 1 },
      'acceptDataLoss: must be true or false',
    ],
    ['POST', '/retry', { force: true }, 'force: unknown field'],
    ['POST', '/retry', [true], 'body: must be an object'],
    [
      'POST',
      '/upgrade',
      { plan: 'huge' },
      "plan: unknown plan 'huge', expected one of 'small', 'large'",
    ],
    ['POST', '/upgrade', { plan: 7 }, 'plan: must be a text'],
    ['POST', '/upgrade', { engine: 'other' }, 'engine: unknown field'],
    [
      'POST',
      '/upgrade',
      { chart: 'https://evil.example/chart.tgz' },
      'chart: unknown field',
    ],
    ['POST', '/upgrade', { parameters: [] }, 'parameters: must be an object'],
    [
      'POST',
      '/upgrade',
      { parameters: { currency: 'EURO' } },
      'parameters.currency',
    ],
    [
      'POST',
      '/upgrade',
      { parameters: { colour: 'red' } },
      'parameters.colour: unknown field',
    ],
    [
      'POST',
      '/upgrade',
      { parameters: { imageVersion: 'a/b' } },
      'parameters.imageVersion',
    ],
    ['POST', '/pause', {}, 'minutes: is required; reason: is required'],
    [
      'POST',
      '/pause',
      { minutes: 0, reason: 'a' },
      'minutes: must be at least 1',
    ],
    [
      'POST',
      '/pause',
      { minutes: -5, reason: 'a' },
      'minutes: must be at least 1',
    ],
    [
      'POST',
      '/pause',
      { minutes: 1441, reason: 'a' },
      'minutes: must be at most 1440',
    ],
    [
      'POST',
      '/pause',
      { minutes: 1.5, reason: 'a' },
      'minutes: must be a whole number',
    ],
    [
      'POST',
      '/pause',
      { minutes: '60', reason: 'a' },
      'minutes: must be a whole number',
    ],
    [
      'POST',
      '/pause',
      { minutes: 1e300, reason: 'a' },
      'minutes: must be at most 1440',
    ],
    ['POST', '/pause', { minutes: 60 }, 'reason: is required'],
    [
      'POST',
      '/pause',
      { minutes: 60, reason: '' },
      'reason: must not be empty',
    ],
    [
      'POST',
      '/pause',
      { minutes: 60, reason: 'a\0b' },
      'reason: must not contain control characters',
    ],
    [
      'POST',
      '/pause',
      { minutes: 60, reason: 'x'.repeat(501) },
      'reason: must not be longer than 500 characters',
    ],
    [
      'POST',
      '/pause',
      { minutes: 60, reason: 'a', until: 'later' },
      'until: unknown field',
    ],
    ['POST', '/resume', { now: true }, 'now: unknown field'],
    ['POST', '/resume', [], 'body: must be an object'],
  ])(
    '%s /{id}%s answers 400 naming the field to %j',
    async (method, path, body, message) => {
      const response = await send({
        method,
        path: `/${id}${path}`,
        body: JSON.stringify(body),
      });
      expect(response.error?.message).toContain(message);
      expect(response.status).toBe(400);
    },
  );

  it.each<[string, string]>([
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/retry'],
    ['POST', '/upgrade'],
    ['POST', '/pause'],
    ['POST', '/resume'],
  ])('%s /{id}%s answers 404 to ids that are none', async (method, path) => {
    const body = {
      PATCH: '{"protected":true}',
      'POST/pause': '{"minutes":5,"reason":"a"}',
    }[`${method}${path}`];
    for (const none of [
      'none-aaaaa',
      'UPPER',
      'a%00b',
      '..%2Fplans',
      'x'.repeat(300),
      "a'%20OR%20'1'='1",
      '%F0%9F%9B%8D',
    ]) {
      const response = await send({ method, path: `/${none}${path}`, body });
      expect([none.slice(0, 20), response.status]).toEqual([
        none.slice(0, 20),
        404,
      ]);
      expect(response.error?.message).toContain('no store');
    }
  });
});

describe('bodies', () => {
  const routes: [string, string][] = [
    ['POST', ''],
    ['PATCH', '/{id}'],
    ['DELETE', '/{id}'],
    ['POST', '/{id}/retry'],
    ['POST', '/{id}/upgrade'],
    ['POST', '/{id}/pause'],
    ['POST', '/{id}/resume'],
  ];
  const wrong: [string, string, string, number, string][] = [
    [
      'JSON that is broken',
      'application/json',
      '{"name":',
      400,
      "body: can't be read as JSON: Unexpected end of JSON input",
    ],
    ['a JSON text', 'application/json', '"toys"', 400, 'body: '],
    ['a JSON number', 'application/json', '7', 400, 'body: '],
    ['null', 'application/json', 'null', 400, 'body: '],
    [
      'no content type',
      '',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'Content-Type',
    ],
    [
      'a form',
      'application/x-www-form-urlencoded',
      'name=Toys&engine=medusa',
      415,
      'Content-Type',
    ],
    [
      'a multipart form',
      'multipart/form-data; boundary=x',
      '--x--',
      415,
      'Content-Type',
    ],
    ['XML', 'application/xml', '<store/>', 415, 'Content-Type'],
    ['YAML', 'application/yaml', 'name: Toys', 415, 'Content-Type'],
    [
      'plain text',
      'text/plain',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'Content-Type',
    ],
    [
      'an unknown charset',
      'application/json; charset=martian',
      '{"name":"Toys","engine":"medusa"}',
      415,
      'body: ',
    ],
    [
      'a huge body',
      'application/json',
      JSON.stringify({ ...toys, name: 'x'.repeat(2_000_000) }),
      413,
      'body: must not be larger than 65536 bytes',
    ],
  ];
  it.each(
    routes.flatMap(([method, path]) =>
      wrong.map(([what, ...rest]) => [method, path, what, ...rest] as const),
    ),
  )(
    '%s %s refuses %s',
    async (method, path, _what, contentType, body, status, message) => {
      const response = await send({
        method,
        path: path.replace('{id}', id),
        contentType,
        body,
      });
      expect(response.error?.message).toContain(message);
      expect(response.status).toBe(status);
    },
  );

  it('refuses parameters that are nested very deep', async () => {
    const response = await send({
      method: 'POST',
      path: '',
      body: `{"name":"Toys","engine":"medusa","parameters":{"title":${'['.repeat(
        30_000,
      )}${']'.repeat(30_000)}}}`,
    });
    expect(response.status).toBe(400);
    expect(response.error?.message).toContain('parameters.title');
  });

  it('refuses a body that is missing', async () => {
    const response = await request(api.backend.server).post('/api/stores');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('name: is required');
  });

  it('refuses a body that is compressed to be small', async () => {
    const { port } = api.backend.server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/api/stores`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify({ ...toys, name: 'x'.repeat(5_000_000) })),
    });
    expect(response.status).toBe(413);
  });
});

describe('queries', () => {
  it.each([
    ['', 'limit=0', 'limit: must be at least 1'],
    ['', 'limit=101', 'limit: must be at most 100'],
    ['', 'limit=ten', 'limit: must be a whole number'],
    ['', 'limit=1e1', 'limit: must be a whole number'],
    ['', 'limit=', 'limit: must be a whole number'],
    ['', 'limit=5&limit=6', 'limit: must be given once'],
    ['', 'limit=99999999999999999999', 'limit: must be at most 100'],
    ['', 'q=a&q=b', 'q: must be given once'],
    ['', 'state=SLEEPING', 'state.0: must be one of REQUESTED'],
    ['', 'state=READY&state=SLEEPING', 'state.1: must be one of REQUESTED'],
    ['', 'state[a]=READY', 'state.0: must be a text'],
    ['', 'order=size', 'order: must be one of -createdAt'],
    [
      '',
      'order=name;DROP%20TABLE%20stores',
      'order: must be one of -createdAt',
    ],
    ['', 'cursor=nonsense', "cursor: 'nonsense' is not a cursor of this list"],
    ['', 'cursor=', 'cursor: must not be empty'],
    ['', `cursor=${'x'.repeat(501)}`, 'cursor: must not be longer than 500'],
    [
      '',
      `cursor=${Buffer.from('["name","a","b"]').toString('base64url')}`,
      "cursor: belongs to the order 'name'",
    ],
    [
      '',
      `cursor=${Buffer.from('["-createdAt",{"a":1},"b"]').toString(
        'base64url',
      )}`,
      'is not a cursor of this list',
    ],
    ['', 'owner=me', 'owner: must be the ref of a user or group'],
    ['', 'engine=', 'engine: must not be empty'],
    ['', 'q[a]=b', 'q: must be a text'],
    ['', 'q=%00', 'q: must not contain control characters'],
    ['', `q=${'x'.repeat(101)}`, 'q: must not be longer than 100 characters'],
    ['', 'sort=name', 'sort: unknown field'],
    ['', 'limit=0&sort=name', 'sort: unknown field; limit: must be at least 1'],
    ['/events', 'wait=31', 'wait: must be at most 30'],
    ['/events', 'after=one', 'after: must be a whole number'],
    [
      '/events',
      'after=9223372036854775808',
      'after: must be at most 9007199254740991',
    ],
    [
      '/events',
      'order=desc&before=9223372036854775808',
      'before: must be at most 9007199254740991',
    ],
    ['/none-aaaaa/events', 'wait=31', 'wait: must be at most 30'],
    ['/none-aaaaa/events', 'wait=-1', 'wait: must be at least 0'],
    ['/none-aaaaa/events', 'after=-1', 'after: must be at least 0'],
    ['/none-aaaaa/events', 'limit=501', 'limit: must be at most 500'],
    ['/none-aaaaa/events', 'since=1', 'since: unknown field'],
    [
      '/none-aaaaa/logs',
      'workload=..%2Fpostgres',
      'workload: must be the name of a workload',
    ],
    [
      '/none-aaaaa/logs',
      'workload=a;rm',
      'workload: must be the name of a workload',
    ],
    [
      '/none-aaaaa/logs',
      'container=../secret',
      "container: must be the name of a container, such as 'medusa'",
    ],
    ['/none-aaaaa/logs', 'previous=maybe', 'previous: must be true or false'],
    ['/none-aaaaa/logs', 'tail=0', 'tail: must be at least 1'],
    ['/none-aaaaa/logs', 'tail=2001', 'tail: must be at most 2000'],
    ['/none-aaaaa/logs', 'follow=true', 'follow: unknown field'],
    ['/none-aaaaa', 'fields=name', 'fields: unknown field'],
    ['/plans', 'owner=me', 'owner: must be the ref of a user or group'],
    ['/overview', 'days=0', 'days: must be at least 1'],
    ['/overview', 'days=366', 'days: must be at most 365'],
    ['/capacity', 'plan=small', 'plan: unknown field'],
  ])(
    'GET %s?%s is answered 400 naming the field',
    async (path, query, message) => {
      const response = await send({ method: 'GET', path: `${path}?${query}` });
      expect(response.error?.message).toContain(message);
      expect(response.status).toBe(400);
    },
  );

  it.each([
    ['-createdAt', 'tomorrow', 'b'],
    ['-createdAt', 1e300, 'b'],
    ['-createdAt', -1, 'b'],
    ['-createdAt', 1, 'b\0'],
    ['name', 'a\0', 'b'],
    ['name', 7, 'b'],
  ])('refuse the cursor [%j, %j, %j]', async (...parts) => {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
    const response = await send({
      method: 'GET',
      path: `?order=${parts[0]}&cursor=${cursor}`,
    });
    expect(response.error?.message).toContain('is not a cursor of this list');
    expect(response.status).toBe(400);
  });

  it.each([
    '/none-aaaaa',
    '/UPPER',
    '/a%00b',
    '/..%2Fplans',
    `/${'x'.repeat(300)}`,
    '/none-aaaaa/events',
    '/none-aaaaa/resources',
    '/none-aaaaa/logs',
    '/none-aaaaa/credentials',
  ])('GET %s is answered 404', async path => {
    const response = await send({ method: 'GET', path });
    expect(response.error?.message).toContain('no store');
    expect(response.status).toBe(404);
  });

  it('are no way around the check of a change', async () => {
    const response = await send({
      method: 'DELETE',
      path: `/${id}?force=true`,
    });
    expect(response.status).toBe(400);
    expect(response.error?.message).toBe('force: unknown field');
  });
});

it('keeps what is right, so that the table can fail', async () => {
  const api2 = await startTestApi();
  const store = await createStore(api2, { name: ' Straße "7" <b>; DROP--' });
  expect(store.name).toBe('Straße "7" <b>; DROP--');
  expect(store.id).toMatch(/^strasse-7-b-drop-[a-z0-9]{5}$/);
  await api2.backend.stop();
});
