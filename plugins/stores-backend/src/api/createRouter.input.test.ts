import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { startTestApi, toys, type TestApi } from '../__testUtils__/testApi';

jest.setTimeout(60_000);

// None of the requests in here keeps anything, so one backend does for all.
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.backend.stop());

afterEach(async () => {
  const kept = [...(await api.stores.listUnfinished()), ...api.enqueued];
  if (kept.length > 0) {
    throw new Error(
      `expected nothing to be kept, found '${kept.join("', '")}'`,
    );
  }
});

describe('POST /api/stores', () => {
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
    const response = await request(api.backend.server)
      .post('/api/stores')
      .send(body as object);
    expect(response.body.error.message).toContain(message);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
  });

  it.each([
    ['JSON that is broken', 'application/json', '{"name":', 400],
    ['a JSON text', 'application/json', '"toys"', 400],
    [
      'parameters that are nested very deep',
      'application/json',
      `{"name":"Toys","engine":"medusa","parameters":{"title":${'['.repeat(
        30_000,
      )}${']'.repeat(30_000)}}}`,
      400,
    ],
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
    const { port } = api.backend.server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/api/stores`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body: new TextEncoder().encode(body),
    });
    expect(response.status).toBe(status);
  });

  it('refuses a body that is missing', async () => {
    const response = await request(api.backend.server).post('/api/stores');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('is required');
  });

  it.each(['with space', 'x'.repeat(201)])(
    'refuses the Idempotency-Key %s',
    async key => {
      const response = await request(api.backend.server)
        .post('/api/stores')
        .set('Idempotency-Key', key)
        .send(toys);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toBe(
        'header Idempotency-Key: must be 1 to 200 printable characters',
      );
    },
  );
});

describe('GET /api/stores', () => {
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
    const response = await request(api.backend.server).get(
      `/api/stores?${query}`,
    );
    expect(response.body.error?.message).toContain(message);
    expect(response.status).toBe(400);
  });
});

describe('GET /api/stores/:id', () => {
  it.each(['none-aaaaa', 'UPPER', 'a%00b', '..%2Fplans', 'x'.repeat(300)])(
    'answers 404 to %s',
    async id => {
      const response = await request(api.backend.server).get(
        `/api/stores/${id}`,
      );
      expect(response.status).toBe(404);
      expect(response.body.error.name).toBe('NotFoundError');
    },
  );
});

describe('GET /api/stores/:id/events', () => {
  it.each([
    ['wait=31', 'wait: must be at most 30'],
    ['wait=-1', 'wait: must be a whole number'],
    ['after=-1', 'after: must be a whole number'],
    ['limit=501', 'limit: must be at most 500'],
    ['since=1', 'since: unknown field'],
  ])('answers 400 naming the field to ?%s', async (query, message) => {
    const response = await request(api.backend.server).get(
      `/api/stores/none-aaaaa/events?${query}`,
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(message);
  });
});
