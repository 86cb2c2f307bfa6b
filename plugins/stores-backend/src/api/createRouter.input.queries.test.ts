import { useRefusingApi } from '../__testUtils__/refusingApi';

jest.setTimeout(60_000);

const { send, storeId } = useRefusingApi();

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
      path: `/${storeId()}?force=true`,
    });
    expect(response.status).toBe(400);
    expect(response.error?.message).toBe('force: unknown field');
  });
});
