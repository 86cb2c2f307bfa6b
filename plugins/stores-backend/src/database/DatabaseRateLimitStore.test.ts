import {
  createTestDatabase,
  databases,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { DatabaseRateLimitStore } from './DatabaseRateLimitStore';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'DatabaseRateLimitStore on %s',
  databaseId => {
    let database: TestDatabase;
    let now: number;

    function createStore(prefix = 'requests'): DatabaseRateLimitStore {
      const store = DatabaseRateLimitStore.create({
        knex: database.knex,
        prefix,
        now: () => now,
      });
      store.init({ windowMs: 60_000 });
      return store;
    }

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(async () => {
      await database.knex('rate_limits').delete();
      now = Date.UTC(2026, 0, 2);
    });

    it('counts within a window that begins with the first call', async () => {
      const store = createStore();
      const first = await store.increment('ada');
      expect(first).toEqual({
        totalHits: 1,
        resetTime: new Date(now + 60_000),
      });
      now += 59_000;
      expect(await store.increment('ada')).toEqual({
        totalHits: 2,
        resetTime: first.resetTime,
      });
      now += 1_000;
      expect(await store.increment('ada')).toEqual({
        totalHits: 1,
        resetTime: new Date(now + 60_000),
      });
    });

    it('counts each caller and each limit apart', async () => {
      await createStore().increment('ada');
      expect((await createStore().increment('bob')).totalHits).toBe(1);
      expect((await createStore('creations').increment('ada')).totalHits).toBe(
        1,
      );
      expect((await createStore().increment('ada')).totalHits).toBe(2);
    });

    it('loses no call of replicas that count at once', async () => {
      const replicas = [createStore(), createStore()];
      const counted = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          replicas[index % 2]!.increment('ada'),
        ),
      );
      expect(
        counted.map(({ totalHits }) => totalHits).sort((a, b) => a - b),
      ).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it('takes a call back, within its window and not below nothing', async () => {
      const store = createStore();
      await store.increment('ada');
      await store.decrement('ada');
      await store.decrement('ada');
      expect((await store.increment('ada')).totalHits).toBe(1);
      await store.resetKey('ada');
      expect(await database.knex('rate_limits')).toEqual([]);
    });

    it('forgets callers that have not come back, and no others', async () => {
      const store = createStore();
      await store.increment('gone');
      await createStore('creations').increment('gone');
      now += 30_000;
      await store.increment('here');
      now += 31_000;
      await store.increment('new');
      expect(
        await database.knex('rate_limits').orderBy('key').pluck('key'),
      ).toEqual(['creations:gone', 'requests:here', 'requests:new']);
    });
  },
);
