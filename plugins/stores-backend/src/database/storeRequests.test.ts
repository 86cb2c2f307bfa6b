import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import { bringTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { guardOf } from './StoreRecord';

jest.setTimeout(60_000);

const ada = { actor: 'user:default/ada', correlationId: 'c-2' };
const living = [
  'REQUESTED',
  'PROVISIONING',
  'READY',
  'DEGRADED',
  'FAILED',
] as const;

describe.each(databases.eachSupportedId())(
  'requests of people on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    const readyStore = () => bringTo(database, 'READY');

    async function lastEvents(storeId: string, count: number) {
      const { items } = await database.events.read({
        storeId,
        after: 0,
        limit: 100,
      });
      return items.slice(-count);
    }

    it.each(living)('takes a retry of a store that is %s', async state => {
      const store = await bringTo(database, state, {
        patch: { attempt: 3, nextAttemptAt: new Date() },
      });
      const retried = await database.stores.requestRetry({
        id: store.id,
        ...ada,
        acceptDataLoss: true,
      });
      expect(retried).toMatchObject({
        state,
        requestSeq: store.requestSeq + 1,
        retry: { requestSeq: store.requestSeq + 1, acceptDataLoss: true },
        requestActor: ada.actor,
        requestCorrelationId: ada.correlationId,
        attempt: 0,
        nextAttemptAt: undefined,
      });
      expect(await lastEvents(store.id, 1)).toEqual([
        expect.objectContaining({
          type: 'retry-requested',
          ...ada,
          details: { acceptDataLoss: true },
        }),
      ]);
      await expect(
        database.stores.patch({
          id: store.id,
          guard: guardOf(store),
          patch: { attempt: 1 },
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('lets the loop clear a retry, and then nobody is working for its author', async () => {
      const { id } = await readyStore();
      const retried = await database.stores.requestRetry({ id, ...ada });
      expect(retried.retry).toMatchObject({ acceptDataLoss: false });
      const done = await database.stores.patch({
        id,
        guard: guardOf(retried),
        patch: { retry: undefined },
        events: [{ type: 'repaired', message: 'pods were replaced' }],
      });
      expect(done).toMatchObject({
        retry: undefined,
        requestActor: undefined,
        requestCorrelationId: undefined,
      });
      expect(await lastEvents(id, 1)).toEqual([
        expect.objectContaining({ type: 'repaired', ...ada }),
      ]);
    });

    it.each(['READY', 'DEGRADED', 'FAILED'] as const)(
      'begins a new generation of a store that is %s',
      async state => {
        const store = await bringTo(database, state);
        const upgraded = await database.stores.requestUpgrade({
          id: store.id,
          ...ada,
          plan: 'large',
          parameters: { currency: 'usd' },
        });
        expect(upgraded).toMatchObject({
          state,
          generation: store.generation + 1,
          observedGeneration: store.observedGeneration,
          requestSeq: store.requestSeq + 1,
          plan: 'large',
          parameters: { currency: 'usd' },
        });
        expect(await lastEvents(store.id, 1)).toEqual([
          expect.objectContaining({
            type: 'upgrade-requested',
            ...ada,
            details: { generation: 2, plan: 'large', previousPlan: 'small' },
          }),
        ]);
        const again = await database.stores.requestUpgrade({
          id: store.id,
          ...ada,
        });
        expect(again).toMatchObject({
          generation: store.generation + 2,
          plan: 'large',
          parameters: { currency: 'usd' },
        });
      },
    );

    it.each(['REQUESTED', 'PROVISIONING', 'DELETING', 'DELETED'] as const)(
      'refuses to upgrade a store that is %s',
      async state => {
        const store = await bringTo(database, state);
        await expect(
          database.stores.requestUpgrade({ id: store.id, ...ada }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(`'${state}'`),
        });
        expect(await database.stores.get(store.id)).toEqual(store);
      },
    );

    it('pauses, says until when and why, and resumes', async () => {
      const store = await readyStore();
      const until = new Date('2031-02-03T04:05:06.000Z');
      const paused = await database.stores.requestPause({
        id: store.id,
        ...ada,
        until,
        reason: 'moving the volume',
      });
      expect(paused).toMatchObject({
        pausedUntil: until,
        pauseReason: 'moving the volume',
        pausedBy: ada.actor,
        generation: store.generation,
        requestSeq: store.requestSeq + 1,
      });
      const resumed = await database.stores.requestResume({
        id: store.id,
        ...ada,
      });
      expect(resumed).toMatchObject({
        pausedUntil: undefined,
        pauseReason: undefined,
        pausedBy: undefined,
        requestSeq: store.requestSeq + 2,
      });
      expect(
        await database.stores.requestResume({ id: store.id, ...ada }),
      ).toEqual(resumed);
      expect(await lastEvents(store.id, 2)).toEqual([
        expect.objectContaining({
          type: 'paused',
          ...ada,
          details: {
            until: until.toISOString(),
            reason: 'moving the volume',
          },
        }),
        expect.objectContaining({ type: 'resumed', ...ada }),
      ]);
    });

    it('changes owner and protection without a new generation, and tells of each once', async () => {
      const store = await readyStore();
      const change = {
        id: store.id,
        ...ada,
        owner: 'group:default/other',
        protected: true,
      };
      const changed = await database.stores.changeStore(change);
      expect(changed).toMatchObject({
        owner: 'group:default/other',
        protected: true,
        generation: store.generation,
        requestSeq: store.requestSeq + 1,
      });
      expect(await database.stores.changeStore(change)).toEqual(changed);
      expect((await lastEvents(store.id, 2)).map(({ type }) => type)).toEqual([
        'owner-changed',
        'protection-changed',
      ]);
      await expect(
        database.stores.requestDeletion({ id: store.id, ...ada }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    const requests = {
      requestRetry: (id: string) =>
        database.stores.requestRetry({ id, ...ada }),
      requestUpgrade: (id: string) =>
        database.stores.requestUpgrade({ id, ...ada }),
      requestPause: (id: string) =>
        database.stores.requestPause({
          id,
          ...ada,
          until: new Date(),
          reason: 'r',
        }),
      requestResume: (id: string) =>
        database.stores.requestResume({ id, ...ada }),
      changeStore: (id: string) =>
        database.stores.changeStore({ id, ...ada, protected: true }),
    };

    describe.each(Object.keys(requests) as (keyof typeof requests)[])(
      '%s',
      name => {
        it.each<StoreState>(['DELETING', 'DELETED'])(
          'refuses a store that is %s',
          async state => {
            const store = await bringTo(database, state);
            await expect(requests[name](store.id)).rejects.toMatchObject({
              name: 'ConflictError',
            });
            expect(await database.stores.get(store.id)).toEqual(store);
          },
        );

        it('says that there is no such store', async () => {
          await expect(requests[name]('none')).rejects.toMatchObject({
            name: 'NotFoundError',
            message: "no store 'none'",
          });
        });
      },
    );

    it('refuses a new attempt of a store that is paused, until the pause is over', async () => {
      const { id } = await bringTo(database, 'FAILED');
      const pause = (until: Date) =>
        database.stores.requestPause({ id, ...ada, until, reason: 'r' });
      await pause(new Date('2131-01-01'));
      await expect(
        database.stores.requestRetry({ id, ...ada }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: `store '${id}' is paused until '2131-01-01T00:00:00.000Z': end the pause to have it tried again`,
      });
      await pause(new Date(Date.now() - 1));
      expect(await database.stores.requestRetry({ id, ...ada })).toMatchObject({
        retry: { acceptDataLoss: false },
      });
    });

    it('lets no request of many at once get lost', async () => {
      const store = await readyStore();
      await Promise.all([
        ...Array.from({ length: 4 }, () =>
          database.stores.requestUpgrade({ id: store.id, ...ada }),
        ),
        ...Array.from({ length: 4 }, () =>
          database.stores.requestRetry({ id: store.id, ...ada }),
        ),
      ]);
      expect(await database.stores.get(store.id)).toMatchObject({
        generation: store.generation + 4,
        requestSeq: store.requestSeq + 8,
      });
    });

    it('forgets what was asked for before when the store is to be deleted', async () => {
      const { id } = await bringTo(database, 'FAILED');
      await database.stores.requestRetry({ id, ...ada });
      await database.stores.requestPause({
        id,
        ...ada,
        until: new Date('2031-01-01'),
        reason: 'r',
      });
      const deleting = await database.stores.requestDeletion({
        id,
        actor: 'user:default/bob',
      });
      expect(deleting).toMatchObject({
        state: 'DELETING',
        retry: undefined,
        pausedUntil: undefined,
        pauseReason: undefined,
        pausedBy: undefined,
        requestActor: 'user:default/bob',
        requestCorrelationId: undefined,
      });
    });
  },
);
