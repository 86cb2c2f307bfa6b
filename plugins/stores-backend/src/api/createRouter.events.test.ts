import type { AddressInfo } from 'node:net';
import request from 'supertest';
import {
  createStore,
  useTestApis,
  type TestApi,
} from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const start = useTestApis();

/** Resolves when somebody has looked into the log, and waits then if nothing was found. */
function looked({ knex }: TestApi): Promise<void> {
  return new Promise(resolve => {
    knex.on('query-response', (_rows: unknown, { sql }: { sql: string }) => {
      if (/^select .* from .store_events. where .sequence. >/.test(sql)) {
        resolve();
      }
    });
  });
}

describe('GET /api/stores/:id/events', () => {
  it('goes on behind a cursor', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await request(api.backend.server).delete(`/api/stores/${id}`);
    const first = await request(api.backend.server).get(
      `/api/stores/${id}/events?limit=1`,
    );
    expect(first.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'requested',
    ]);
    const second = await request(api.backend.server).get(
      `/api/stores/${id}/events?after=${first.body.cursor}`,
    );
    expect(second.body.items.map(({ type }: { type: string }) => type)).toEqual(
      ['deletion-requested'],
    );
    const third = await request(api.backend.server).get(
      `/api/stores/${id}/events?after=${second.body.cursor}`,
    );
    expect(third.body).toEqual({ items: [], cursor: second.body.cursor });
  });

  it('begins at the newest and goes on to older ones', async () => {
    const api = await start();
    const { id } = await createStore(api);
    await request(api.backend.server).delete(`/api/stores/${id}`);
    const read = (query: string) =>
      request(api.backend.server).get(`/api/stores/${id}/events?${query}`);
    const newest = await read('order=desc&limit=1');
    expect(newest.body).toEqual({
      items: [expect.objectContaining({ type: 'deletion-requested' })],
      cursor: 2,
      older: 2,
    });
    const older = await read(`order=desc&before=${newest.body.older}&limit=1`);
    expect(older.body).toEqual({
      items: [expect.objectContaining({ type: 'requested' })],
      cursor: 1,
    });
    expect((await read('order=desc&before=1')).body).toEqual({
      items: [],
      cursor: 0,
    });
    const all = await request(api.backend.server).get(
      '/api/stores/events?order=desc',
    );
    expect(
      all.body.items.map(({ sequence }: { sequence: number }) => sequence),
    ).toEqual([2, 1]);
  });

  it.each([
    ['order=desc&before=0', 'before: must be at least 1'],
    ['order=newest', 'order: '],
    ['before=2', "before: goes with the order 'desc' only"],
    ['order=desc&wait=1', 'wait: waits for newer events'],
  ])('refuses %s', async (query, message) => {
    const api = await start();
    const { id } = await createStore(api);
    const response = await request(api.backend.server).get(
      `/api/stores/${id}/events?${query}`,
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(message);
  });

  it('waits for an event and is woken by its commit', async () => {
    const api = await start();
    const { id } = await createStore(api);
    let answered = false;
    const looking = looked(api);
    const waiting = request(api.backend.server)
      .get(`/api/stores/${id}/events?after=1&wait=30`)
      .then(response => {
        answered = true;
        return response;
      });
    await looking;
    expect(answered).toBe(false);
    await api.stores.requestDeletion({ id, actor: 'user:default/ada' });
    const response = await waiting;
    expect(response.body.items).toEqual([
      expect.objectContaining({ sequence: 2, actor: 'user:default/ada' }),
    ]);
  });

  it('answers an empty page when nothing happens in time', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const response = await request(api.backend.server).get(
      `/api/stores/${id}/events?after=1&wait=1`,
    );
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ items: [], cursor: 1 });
  });

  it('lets the backend stop while somebody waits', async () => {
    const api = await start();
    const { id } = await createStore(api);
    const { port } = api.backend.server.address() as AddressInfo;
    const looking = looked(api);
    const waiting = fetch(
      `http://localhost:${port}/api/stores/${id}/events?after=1&wait=30`,
    );
    await looking;
    const begun = performance.now();
    await Promise.all([api.backend.stop(), waiting.catch(() => undefined)]);
    // Not the 30 seconds that it would have waited.
    expect(performance.now() - begun).toBeLessThan(25_000);
  });

  it('answers 404 for a store that is not there', async () => {
    const { backend } = await start();
    const response = await request(backend.server).get(
      '/api/stores/none-aaaaa/events?wait=30',
    );
    expect(response.status).toBe(404);
  });
});
