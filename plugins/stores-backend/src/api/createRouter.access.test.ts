import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  storeCreatePermission,
  storeDeletePermission,
  storeReadPermission,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  createStore,
  startTestApi,
  toys,
  type TestApi,
  type TestApiOptions,
} from '../__testUtils__/testApi';

jest.setTimeout(60_000);

const running: TestApi[] = [];

async function start(options?: TestApiOptions): Promise<TestApi> {
  const api = await startTestApi(options);
  running.push(api);
  return api;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ backend }) => backend.stop()));
});

describe('permissions', () => {
  const calls: Record<
    string,
    (server: TestBackend['server'], id: string) => request.Test
  > = {
    'POST /': server =>
      request(server)
        .post('/api/stores')
        .send({ ...toys, name: 'Other' }),
    'GET /': server => request(server).get('/api/stores'),
    'GET /plans': server => request(server).get('/api/stores/plans'),
    'GET /cluster': server => request(server).get('/api/stores/cluster'),
    'GET /:id': (server, id) => request(server).get(`/api/stores/${id}`),
    'GET /:id/events': (server, id) =>
      request(server).get(`/api/stores/${id}/events`),
    'DELETE /:id': (server, id) => request(server).delete(`/api/stores/${id}`),
  };

  const wanted: Record<string, string> = {
    'POST /': storeCreatePermission.name,
    'DELETE /:id': storeDeletePermission.name,
  };

  it.each(Object.keys(calls))('%s wants its permission', async call => {
    const denied = wanted[call] ?? storeReadPermission.name;
    const api = await start({ denied });
    const { store } = await api.stores.create({
      ...toys,
      plan: 'small',
      owner: 'user:default/mock',
      createdBy: 'user:default/mock',
      parameters: {},
      protected: false,
    });
    const response = await calls[call]!(api.backend.server, store.id);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain(`'${denied}'`);
    expect((await api.stores.get(store.id))!.state).toBe('REQUESTED');
    expect(await api.stores.listUnfinished()).toHaveLength(1);
  });

  it.each(Object.keys(calls))('%s wants credentials', async call => {
    const { backend } = await start();
    const response = await calls[call]!(backend.server, 'none-aaaaa').set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(response.status).toBe(401);
  });
});

describe('auditing', () => {
  it('tells of creations and deletions, also of those that are refused', async () => {
    const success = jest.fn();
    const fail = jest.fn();
    const createEvent = jest.fn(async (_: { eventId: string }) => ({
      success,
      fail,
    }));
    const api = await start({
      auditor: mockServices.auditor.mock({ createEvent }),
    });
    const { id } = await createStore(api);
    await request(api.backend.server).post('/api/stores').send(toys);
    await request(api.backend.server).delete(`/api/stores/${id}`);
    expect(createEvent.mock.calls.map(([{ eventId }]) => eventId)).toEqual([
      'store-create',
      'store-create',
      'store-delete',
    ]);
    expect(success).toHaveBeenCalledTimes(2);
    expect(success).toHaveBeenCalledWith({
      meta: { storeId: id, owner: 'user:default/mock', created: true },
    });
    expect(fail).toHaveBeenCalledWith(
      expect.objectContaining({
        error: expect.objectContaining({ name: 'ConflictError' }),
      }),
    );
  });
});
