import { deepStrictEqual } from 'node:assert';
import request from 'supertest';
import { startTestApi, type TestApi } from '../__testUtils__/testApi';

jest.setTimeout(60_000);

// None of the requests in here keeps anything, so one backend does for all.
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterEach(() => deepStrictEqual(api.wrongAnswers, []));

afterAll(() => api.backend.stop());

async function send(method: string, path: string) {
  const { status, headers, body } = await request(api.backend.server)[
    method as 'put'
  ](`/api/stores${path}`);
  return { status, allow: headers.allow, message: body.error?.message };
}

it.each([
  ['put', '/', 'GET, HEAD, POST'],
  ['delete', '/', 'GET, HEAD, POST'],
  ['delete', '/events', 'GET, HEAD'],
  ['patch', '/plans', 'GET, HEAD'],
  ['post', '/names/toys', 'GET, HEAD'],
  ['post', '/names/retry', 'GET, HEAD'],
  ['post', '/toys-aaaaa', 'GET, HEAD, PATCH, DELETE'],
  ['get', '/toys-aaaaa/retry', 'POST'],
  ['delete', '/toys-aaaaa/logs', 'GET, HEAD'],
  ['trace', '/toys-aaaaa', 'GET, HEAD, PATCH, DELETE'],
])(
  '%s %s is answered 405 with what is allowed',
  async (method, path, allow) => {
    await expect(send(method, path)).resolves.toEqual({
      status: 405,
      allow,
      message: `'${method.toUpperCase()}' is no method of '${path}', expected one of ${allow}`,
    });
  },
);

it('tells what is allowed when it is asked', async () => {
  await expect(send('options', '/events')).resolves.toMatchObject({
    status: 204,
    allow: 'GET, HEAD',
  });
});

it('answers HEAD as GET', async () => {
  await expect(send('head', '/plans')).resolves.toMatchObject({ status: 200 });
});

it.each(['/toys-aaaaa/unknown', '/toys-aaaaa/events/more'])(
  'says that there is no %s',
  async path => {
    await expect(send('get', path)).resolves.toMatchObject({
      status: 404,
      message: `there is no '${path}', see '/api/stores/openapi.json' for what there is`,
    });
  },
);

it("leaves Backstage's own paths to it", async () => {
  await expect(
    send('get', '/.well-known/backstage/permissions/metadata'),
  ).resolves.toMatchObject({ status: 200 });
});
