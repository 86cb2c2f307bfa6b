import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  storeCreatePermission,
  storeCredentialsReadPermission,
  storeDeletePermission,
  storeLogsReadPermission,
  storePausePermission,
  storeReadPermission,
  storeRetryPermission,
  storeUpdatePermission,
  storeUpgradePermission,
} from '@storeyard/backstage-plugin-stores-common';
import request from 'supertest';
import {
  createStore,
  toys,
  useTestApis,
  type TestApi,
} from '../__testUtils__/testApi';
import { documentOperations } from './OpenApiDocument';
import type { OperationId } from './operationTypes';

jest.setTimeout(60_000);

const start = useTestApis();

/** What each call wants; undefined where credentials are enough. */
const wanted: Record<OperationId, { name: string } | undefined> = {
  listStores: undefined,
  createStore: storeCreatePermission,
  getStore: storeReadPermission,
  changeStore: storeUpdatePermission,
  deleteStore: storeDeletePermission,
  retryStore: storeRetryPermission,
  upgradeStore: storeUpgradePermission,
  pauseStore: storePausePermission,
  resumeStore: storePausePermission,
  listStoreEvents: storeReadPermission,
  listEvents: undefined,
  getResources: storeReadPermission,
  getLogs: storeLogsReadPermission,
  getCredentials: storeCredentialsReadPermission,
  checkName: storeReadPermission,
  listPlans: storeReadPermission,
  getCapacity: storeReadPermission,
  getOverview: storeReadPermission,
  getCluster: storeReadPermission,
  getMetrics: storeReadPermission,
  getMetricsSummary: storeReadPermission,
  getDocument: undefined,
};

const bodies: Partial<Record<OperationId, object>> = {
  createStore: { ...toys, name: 'Other' },
  changeStore: { protected: true },
  pauseStore: { minutes: 5, reason: 'a try' },
};

function call(
  server: TestBackend['server'],
  operationId: string,
  id: string,
): request.Test {
  const { method, path } = documentOperations.find(
    each => each.id === operationId,
  )!;
  const url = `/api/stores${path.replace(/\{\w+\}/, id)}`;
  const body = bodies[operationId as OperationId];
  const sent = request(server)[method](url);
  return body === undefined ? sent : sent.send(body);
}

describe('permissions', () => {
  it.each(Object.entries(wanted).filter(([, permission]) => permission))(
    '%s wants its permission, and does nothing without it',
    async (operationId, permission) => {
      const { name } = permission!;
      const api = await start({ denied: name });
      const { store } = await api.stores.create({
        ...toys,
        plan: 'small',
        owner: 'user:default/mock',
        createdBy: 'user:default/mock',
        parameters: {},
        protected: false,
      });
      const response = await call(api.backend.server, operationId, store.id);
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(`'${name}'`);
      expect(await api.stores.get(store.id)).toEqual(store);
      expect(await api.stores.listUnfinished()).toHaveLength(1);
      expect(api.enqueued).toEqual([]);
    },
  );

  it.each([
    ['listStores', { items: [] }],
    ['listEvents', { items: [] }],
  ])('%s shows nothing to who may see nothing', async (operationId, found) => {
    const api = await start({ denied: storeReadPermission.name });
    await createStore(api);
    const response = await call(api.backend.server, operationId, '');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject(found);
  });

  it.each(documentOperations.map(({ id }) => id))(
    '%s wants credentials',
    async operationId => {
      const { backend } = await start();
      const response = await call(
        backend.server,
        operationId,
        'none-aaaaa',
      ).set('Authorization', mockCredentials.none.header());
      expect(response.status).toBe(401);
    },
  );

  it('leaves what the logs have told out of stores and events for who may not read them', async () => {
    const secret = 'last line of the log: password swordfish';
    const bringToFailed = async (api: TestApi) => {
      const { id } = await createStore(api, {
        parameters: { adminEmail: 'ada@example.com' },
      });
      const record = (await api.stores.get(id))!;
      const provisioning = await api.stores.transition({
        id,
        guard: record,
        to: 'PROVISIONING',
        events: [
          { type: 'rendered', message: 'plain', details: { objects: 19 } },
        ],
      });
      await api.stores.transition({
        id,
        guard: provisioning,
        to: 'FAILED',
        patch: {
          reason: 'CrashLooping',
          message: secret,
          remedy: 'Fix the cause.',
          conditions: [
            {
              type: 'BackendReady',
              status: 'False',
              message: secret,
              observedGeneration: 1,
              lastTransitionTime: new Date().toISOString(),
            },
          ],
        },
        events: [
          {
            type: 'failed',
            message: secret,
            details: { reason: 'CrashLooping' },
          },
          { type: 'attempt-failed', message: secret },
        ],
      });
      const paths = ['', '?state=FAILED', `/${id}`, `/${id}/events`, '/events'];
      const answers = await Promise.all(
        paths.map(path =>
          request(api.backend.server).get(`/api/stores${path}`),
        ),
      );
      return answers.map(({ body }) => body);
    };

    const shown = await bringToFailed(await start());
    expect(shown.map(body => JSON.stringify(body).includes(secret))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);

    const hidden = await bringToFailed(
      await start({ denied: storeLogsReadPermission.name }),
    );
    expect(JSON.stringify(hidden)).not.toMatch(/swordfish|ada@example/);
    const [, , store, events, all] = hidden;
    expect(store).toMatchObject({
      state: 'FAILED',
      reason: 'CrashLooping',
      message: 'A container of the store keeps exiting.',
      remedy: 'Fix the cause.',
      parameters: {},
    });
    expect(events).toEqual(all);
    expect(
      events.items.map((each: { message: string }) => each.message),
    ).toEqual([
      expect.stringContaining('was requested'),
      'plain',
      'A container of the store keeps exiting.',
      'Attempt failed.',
    ]);
    expect(JSON.stringify(events)).not.toContain('details');
  });
});

describe('auditing', () => {
  function auditor() {
    const success = jest.fn();
    const fail = jest.fn();
    const createEvent = jest.fn(
      async (_: { eventId: string; meta?: object }) => ({ success, fail }),
    );
    return {
      success,
      fail,
      createEvent,
      auditor: mockServices.auditor.mock({ createEvent }),
    };
  }

  it('tells of every change that is asked for, also of those that are refused', async () => {
    const { createEvent, fail, success, ...audit } = auditor();
    const api = await start(audit);
    const { id } = await createStore(api);
    await request(api.backend.server).post('/api/stores').send(toys);
    for (const operation of [
      'changeStore',
      'retryStore',
      'upgradeStore',
      'pauseStore',
      'resumeStore',
      'deleteStore',
    ]) {
      await call(api.backend.server, operation, id);
    }
    expect(createEvent.mock.calls.map(([{ eventId }]) => eventId)).toEqual([
      'store-create',
      'store-create',
      'store-change',
      'store-retry',
      'store-upgrade',
      'store-pause',
      'store-resume',
      'store-delete',
    ]);
    expect(success).toHaveBeenCalledWith({
      meta: { storeId: id, owner: 'user:default/mock', created: true },
    });
    // The name that is taken, the upgrade of what isn't made yet, the deletion of what is protected.
    expect(fail.mock.calls.map(([{ error }]) => (error as Error).name)).toEqual(
      ['ConflictError', 'ConflictError', 'ConflictError'],
    );
  });

  it.each([
    [
      'getCredentials',
      'store-credentials-read',
      storeCredentialsReadPermission,
    ],
    ['getLogs', 'store-logs-read', storeLogsReadPermission],
  ])(
    'tells of %s, also when it is refused',
    async (operation, eventId, { name }) => {
      const { createEvent, fail, success, ...audit } = auditor();
      const api = await start({
        ...audit,
        orchestrator: {
          credentials: async () => ({
            email: 'admin@toys.example',
            password: 'swordfish-swordfish',
            url: 'http://toys.example/app',
          }),
          logs: async () => ({
            workload: 'medusa-api',
            pod: 'medusa-api-1',
            container: 'medusa',
            previous: false,
            lines: ['ready'],
          }),
        },
      });
      const { id } = await createStore(api);
      const response = await call(api.backend.server, operation, id);
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(createEvent).toHaveBeenLastCalledWith(
        expect.objectContaining({
          eventId,
          meta: expect.objectContaining({ storeId: id }),
        }),
      );
      expect(success).toHaveBeenCalledTimes(2);
      expect(
        JSON.stringify(createEvent.mock.calls.map(([{ meta }]) => meta)),
      ).not.toContain('swordfish');

      const refusing = auditor();
      const closed = await start({ auditor: refusing.auditor, denied: name });
      const other = await createStore(closed);
      await call(closed.backend.server, operation, other.id);
      expect(refusing.fail).toHaveBeenCalledTimes(1);
    },
  );
});
