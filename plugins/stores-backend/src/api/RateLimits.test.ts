import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express, { type ErrorRequestHandler } from 'express';
import { MemoryStore } from 'express-rate-limit';
import request from 'supertest';
import {
  createStore,
  toys,
  useTestApis,
  type TestApi,
} from '../__testUtils__/testApi';
import { until } from '../__testUtils__/until';
import { RateLimits } from './RateLimits';

jest.setTimeout(60_000);

const start = useTestApis();
const few = { limit: 3, windowSeconds: 60 };

function get(api: TestApi, path = '/plans', user?: string) {
  const sent = request(api.backend.server).get(`/api/stores${path}`);
  return user === undefined
    ? sent
    : sent.set(
        'Authorization',
        mockCredentials.user.header(`user:default/${user}`),
      );
}

async function statuses(
  times: number,
  call: () => request.Test,
): Promise<number[]> {
  const found: number[] = [];
  for (let time = 0; time < times; time++) {
    found.push((await call()).status);
  }
  return found;
}

const external = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'stores',
  });

describe('requests', () => {
  it('are bounded per user, and answered with the headers that say so', async () => {
    const api = await start({ rateLimit: { requests: few } });
    const first = await get(api);
    expect(first.status).toBe(200);
    expect(first.headers['ratelimit-policy']).toMatch(
      /"stores-requests"; q=3; w=60/,
    );
    expect(first.headers.ratelimit).toMatch(/"stores-requests"; r=2; t=\d+/);
    expect(await statuses(2, () => get(api))).toEqual([200, 200]);
    const refused = await get(api);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.error).toMatchObject({
      name: 'TooManyRequestsError',
      message: expect.stringContaining(
        "too many requests: 'user:default/mock' may make 3 in 60 seconds",
      ),
    });
    expect((await get(api, '/plans', 'other')).status).toBe(200);
  });

  it('with a wrong body count too', async () => {
    const api = await start({ rateLimit: { requests: few } });
    const wrong = () =>
      request(api.backend.server).post('/api/stores').send({});
    expect(await statuses(4, wrong)).toEqual([400, 400, 400, 429]);
  });

  it('of plugins, of scrapes and long polls that come back empty are not counted', async () => {
    const api = await start({ rateLimit: { requests: few } });
    const { id } = await createStore(api);
    const poll = () => get(api, `/${id}/events?after=1000&wait=1`);
    expect(await statuses(4, poll)).toEqual([200, 200, 200, 200]);
    expect(await statuses(4, () => get(api, '/metrics'))).toEqual([
      200, 200, 200, 200,
    ]);
    const plugin = () =>
      get(api).set('Authorization', external('plugin:catalog'));
    expect(await statuses(5, plugin)).toEqual([200, 200, 200, 200, 200]);
    // One was the creation; a poll that finds something counts.
    expect(
      await statuses(3, () => get(api, `/${id}/events?after=0&wait=1`)),
    ).toEqual([200, 200, 429]);
  });

  it('of other services count by their address', async () => {
    const api = await start({ rateLimit: { requests: few } });
    const call = (subject: string) =>
      get(api).set('Authorization', external(subject));
    expect(await statuses(2, () => call('external:one'))).toEqual([200, 200]);
    expect(await statuses(2, () => call('external:two'))).toEqual([200, 429]);
    const rows = await api.knex('rate_limits').pluck('key');
    expect(rows).toEqual([expect.stringMatching(/^requests:(127\.|::1)/)]);
  });

  it("of a plugin for a person count as the person's", async () => {
    const api = await start({ rateLimit: { requests: few } });
    const action = () =>
      get(api).set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.user('user:default/ada'),
          targetPluginId: 'stores',
        }),
      );
    expect(await statuses(2, action)).toEqual([200, 200]);
    expect(await statuses(2, () => get(api, '/plans', 'ada'))).toEqual([
      200, 429,
    ]);
  });

  // As Backstage sets it from `backend.trustProxy`; its test backend does not.
  it.each([
    ['the peer, whatever a caller claims', false, [200, 200, 200, 429]],
    ['whom a trusted proxy names', 1, [200, 200, 200, 200]],
  ])('by address are those of %s', async (_, trustProxy, expected) => {
    const limits = RateLimits.create({
      auth: mockServices.auth(),
      config: { requests: few, creations: few },
      storeOf: () => new MemoryStore(),
    });
    const app = express();
    app.set('trust proxy', trustProxy);
    app.use((_request, response, next) => {
      const credentials = mockCredentials.service('external:one');
      response.locals.caller = { credentials };
      next();
    });
    app.get('/', ...limits.of('listPlans'), (_request, response) => {
      response.json({});
    });
    const onError: ErrorRequestHandler = (error, _request, response, _next) => {
      response.status(error.statusCode).end();
    };
    app.use(onError);
    let caller = 0;
    const call = () => {
      caller += 1;
      return request(app).get('/').set('X-Forwarded-For', `192.0.2.${caller}`);
    };
    expect(await statuses(4, call)).toEqual(expected);
  });

  it('share their count with another replica on the same database', async () => {
    const one = await start({ rateLimit: { requests: few } });
    const two = await start({ rateLimit: { requests: few }, knex: one.knex });
    expect(await statuses(2, () => get(one))).toEqual([200, 200]);
    expect(await statuses(2, () => get(two))).toEqual([200, 429]);
    expect((await get(one)).status).toBe(429);
  });
});

describe('creations', () => {
  it('are bounded by themselves; what made no store does not count', async () => {
    const api = await start({
      rateLimit: { creations: { limit: 2, windowSeconds: 60 } },
    });
    const post = (name: string, key?: string) => {
      const sent = request(api.backend.server).post('/api/stores');
      return (key ? sent.set('Idempotency-Key', key) : sent).send({
        ...toys,
        name,
      });
    };
    expect(await statuses(3, () => post(''))).toEqual([400, 400, 400]);
    expect((await post('One', 'k')).status).toBe(201);
    expect(await statuses(3, () => post('One'))).toEqual([409, 409, 409]);
    expect(await statuses(3, () => post('One', 'k'))).toEqual([200, 200, 200]);
    expect((await post('Two')).status).toBe(201);
    const refused = await post('Three');
    expect(refused.status).toBe(429);
    expect(refused.body.error.message).toContain('too many creations');
    expect(await api.stores.listUnfinished()).toHaveLength(2);
    expect((await get(api)).status).toBe(200);
  });

  it('count also when the caller does not wait for the answer', async () => {
    const held: (() => void)[] = [];
    const api = await start({
      rateLimit: { creations: { limit: 2, windowSeconds: 60 } },
      orchestrator: {
        lacking: () =>
          new Promise(resolve => {
            held.push(() => resolve(undefined));
          }),
      },
    });
    const { port } = api.backend.server.address() as AddressInfo;
    for (const name of ['One', 'Two']) {
      const gone = new AbortController();
      const sent = fetch(`http://localhost:${port}/api/stores`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...toys, name }),
        signal: gone.signal,
      });
      const count = held.length;
      await Promise.all([
        expect(sent).rejects.toThrow('abort'),
        until(() => held.length > count).finally(() => gone.abort()),
      ]);
    }
    held.forEach(goOn => goOn());
    await until(async () => (await api.stores.listUnfinished()).length === 2);
    const third = await request(api.backend.server)
      .post('/api/stores')
      .send({ ...toys, name: 'Three' });
    expect(third.status).toBe(429);
  });
});
