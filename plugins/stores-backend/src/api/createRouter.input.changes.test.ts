import { useRefusingApi } from '../__testUtils__/refusingApi';

jest.setTimeout(60_000);

const { send, storeId } = useRefusingApi();

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
        path: `/${storeId()}${path}`,
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
