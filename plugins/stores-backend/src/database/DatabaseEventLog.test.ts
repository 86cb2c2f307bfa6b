import { randomInt } from 'node:crypto';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { until } from '../__testUtils__/until';
import { DatabaseEventLog } from './DatabaseEventLog';
import { DatabaseStoreRepository } from './DatabaseStoreRepository';
import { guardOf, type StoreRecord } from './StoreRecord';

jest.setTimeout(60_000);

const never = new AbortController().signal;

describe.each(databases.eachSupportedId())(
  'DatabaseEventLog on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    async function createStore(name: string): Promise<StoreRecord> {
      const { store } = await database.stores.create(newStore({ name }));
      return store;
    }

    async function note(store: StoreRecord, message: string): Promise<void> {
      await database.stores.patch({
        id: store.id,
        guard: guardOf(store),
        patch: {},
        events: [{ type: 'applied', message, details: { objects: 3 } }],
      });
    }

    it('reads in pages, of one store or of all', async () => {
      const first = await createStore('First');
      const second = await createStore('Second');
      await note(first, 'one');
      await note(first, 'two');
      const page = await database.events.read({
        storeId: first.id,
        after: 0,
        limit: 2,
      });
      expect(page.items.map(({ sequence }) => sequence)).toEqual([1, 3]);
      expect(page.items[1]).toMatchObject({
        message: 'one',
        details: { objects: 3 },
        actor: 'user:default/ada',
      });
      const rest = await database.events.read({
        storeId: first.id,
        after: page.cursor,
        limit: 2,
      });
      expect(rest.items.map(({ message }) => message)).toEqual(['two']);
      const all = await database.events.read({ after: 0, limit: 10 });
      expect(all.items.map(({ storeId }) => storeId)).toEqual([
        first.id,
        second.id,
        first.id,
        first.id,
      ]);
      expect(
        await database.events.read({ after: all.cursor, limit: 10 }),
      ).toEqual({ items: [], cursor: all.cursor });
    });

    it('numbers without gaps, also when a change is rolled back', async () => {
      const store = await createStore('Store');
      await expect(
        database.knex.transaction(async transaction => {
          await database.events.append(transaction, store.id, [
            { type: 'applied', message: 'never happened' },
          ]);
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      await note(store, 'happened');
      const { items } = await database.events.read({ after: 0, limit: 10 });
      expect(items.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(items[1]!.message).toBe('happened');
    });

    it('wakes a waiting reader by a commit, without looking again and again', async () => {
      const patient = DatabaseEventLog.create({
        knex: database.knex,
        pollMilliseconds: 60_000,
      });
      const stores = DatabaseStoreRepository.create({
        knex: database.knex,
        events: patient,
      });
      const store = await createStore('Store');
      const other = await createStore('Other');
      const reads = jest.spyOn(patient, 'read');
      const waiting = patient.waitForEvents({
        storeId: store.id,
        after: 2,
        limit: 10,
        timeoutMilliseconds: 30_000,
        signal: never,
      });
      for (const target of [other, store]) {
        await stores.patch({
          id: target.id,
          guard: guardOf(target),
          patch: {},
          events: [{ type: 'applied', message: `to ${target.name}` }],
        });
      }
      const page = await waiting;
      expect(page.items.map(({ message }) => message)).toEqual(['to Store']);
      expect(reads.mock.calls.length).toBeLessThanOrEqual(2);
    });

    it('reads back from the newest page by page, and misses none that was there at the start', async () => {
      const store = await createStore('Store');
      const other = await createStore('Other');
      for (const message of ['a', 'b', 'c']) {
        for (const { id } of [store, other]) {
          const guard = guardOf((await database.stores.get(id))!);
          const events = [{ type: 'applied' as const, message }];
          await database.stores.patch({ id, guard, patch: {}, events });
        }
      }
      const storeId = store.id;
      const forward = await database.events.read({
        storeId,
        after: 0,
        limit: 10,
      });
      const newest = await database.events.readBack({ storeId, limit: 2 });
      expect(newest.items.map(({ message }) => message)).toEqual(['c', 'b']);
      expect(newest.cursor).toBe(forward.cursor);
      // What comes meanwhile belongs to those who follow, and shifts no older page.
      const guard = guardOf((await database.stores.get(storeId))!);
      const late = [{ type: 'applied' as const, message: 'late' }];
      await database.stores.patch({
        id: storeId,
        guard,
        patch: {},
        events: late,
      });
      const older = await database.events.readBack({
        storeId,
        before: newest.older,
        limit: 2,
      });
      expect(older.older).toBeUndefined();
      expect([...newest.items, ...older.items].reverse()).toEqual(
        forward.items,
      );
      const followed = await database.events.read({
        storeId,
        after: newest.cursor,
        limit: 10,
      });
      expect(followed.items.map(({ message }) => message)).toEqual(['late']);
    });

    it('reads back all that a caller may see, within a bound, and nothing where there is nothing', async () => {
      const store = await createStore('Store');
      const other = await createStore('Other');
      await database.stores.changeStore({
        id: other.id,
        actor: 'user:default/ada',
        owner: 'group:default/others',
      });
      const visible = { owners: [store.owner] };
      const seen = await database.events.readBack({ visible, limit: 10 });
      expect(seen.items.map(({ storeId }) => storeId)).toEqual([store.id]);
      const { items } = await database.events.readBack({ after: 1, limit: 10 });
      expect(items.map(({ sequence }) => sequence)).toEqual([3, 2]);
      expect(
        await database.events.readBack({ storeId: 'none-aaaaa', limit: 10 }),
      ).toEqual({ items: [], cursor: 0 });
    });

    it('wakes a waiting reader when told that another process has committed', async () => {
      const patient = DatabaseEventLog.create({
        knex: database.knex,
        pollMilliseconds: 60_000,
      });
      const waiting = patient.waitForEvents({
        after: 0,
        limit: 10,
        timeoutMilliseconds: 30_000,
        signal: never,
      });
      await createStore('Made by another process');
      patient.wake();
      expect((await waiting).items).toHaveLength(1);
    });

    describe('a consumer', () => {
      it('begins behind what is there, and goes on where it was', async () => {
        const store = await createStore('Before');
        const { events } = database;
        expect(await events.readNext('mail', 10)).toEqual({
          items: [],
          from: 1,
          cursor: 1,
        });
        await note(store, 'one');
        await note(store, 'two');
        const batch = await events.readNext('mail', 1);
        expect(batch).toMatchObject({
          from: 1,
          cursor: 2,
          items: [{ message: 'one' }],
        });
        expect(await events.readNext('mail', 1)).toEqual(batch);
        const move = { consumer: 'mail', from: batch.from, to: batch.cursor };
        expect(await events.advance(move)).toBe(true);
        expect(await events.advance(move)).toBe(false);
        const reopened = DatabaseEventLog.create({ knex: database.knex });
        expect(await reopened.readNext('mail', 10)).toMatchObject({
          from: 2,
          cursor: 3,
          items: [{ message: 'two' }],
        });
        expect((await reopened.readNext('other', 10)).from).toBe(3);
      });

      it('is moved on by one of many that dealt with the same batch', async () => {
        const store = await createStore('Before');
        await database.events.readNext('mail', 10);
        await note(store, 'one');
        const moved = await Promise.all(
          Array.from({ length: 6 }, async () => {
            const { from, cursor } = await database.events.readNext('mail', 10);
            return database.events.advance({
              consumer: 'mail',
              from,
              to: cursor,
            });
          }),
        );
        expect(moved.filter(Boolean).length).toBeLessThanOrEqual(2);
        expect((await database.events.readNext('mail', 10)).from).toBe(2);
      });
    });

    it('sees what another process commits', async () => {
      const waiting = DatabaseEventLog.create({
        knex: database.knex,
        pollMilliseconds: 50,
      }).waitForEvents({
        after: 0,
        limit: 10,
        timeoutMilliseconds: 30_000,
        signal: never,
      });
      await createStore('Made by another process');
      expect((await waiting).items).toHaveLength(1);
    });

    it('ends a wait with an empty page when its time is over', async () => {
      expect(
        await database.events.waitForEvents({
          after: 5,
          limit: 10,
          timeoutMilliseconds: 50,
          signal: never,
        }),
      ).toEqual({ items: [], cursor: 5 });
    });

    it('ends a wait when its reader goes away', async () => {
      const controller = new AbortController();
      const waiting = database.events.waitForEvents({
        after: 0,
        limit: 10,
        timeoutMilliseconds: 30_000,
        signal: controller.signal,
      });
      controller.abort();
      expect(await waiting).toEqual({ items: [], cursor: 0 });
    });

    it('tells listeners after the commit, and not of what was rolled back', async () => {
      const told: string[] = [];
      const unsubscribe = database.events.subscribe(events =>
        told.push(...events.map(({ message }) => message)),
      );
      const store = await createStore('Store');
      await expect(
        database.stores.patch({
          id: store.id,
          guard: { ...guardOf(store), requestSeq: 9 },
          patch: {},
          events: [{ type: 'applied', message: 'stale' }],
        }),
      ).rejects.toThrow();
      await note(store, 'fresh');
      unsubscribe();
      await note(store, 'unheard');
      expect(told).toEqual([expect.stringContaining('requested'), 'fresh']);
    });
  },
);

const postgres = databases
  .eachSupportedId()
  .map(([id]) => id)
  .filter(id => id.startsWith('POSTGRES'));

// SQLite has one connection, so nothing commits out of order there.
const onPostgres =
  postgres.length > 0
    ? describe.each(postgres)
    : describe.skip.each<TestDatabaseId>(['POSTGRES_15']);

onPostgres('DatabaseEventLog with many writers on %s', id => {
  let database: TestDatabase;
  let others: Knex[];

  beforeEach(async () => {
    database = await createTestDatabase(id);
    others = Array.from({ length: 3 }, () =>
      knexFactory(database.knex.client.config as Knex.Config),
    );
  });

  afterEach(async () => {
    await Promise.all(others.map(other => other.destroy()));
  });

  it('shows a later event only after an earlier one that commits late', async () => {
    const { store: slow } = await database.stores.create(
      newStore({ name: 'Slow' }),
    );
    const { store: fast } = await database.stores.create(
      newStore({ name: 'Fast' }),
    );
    const late = await others[0]!.transaction();
    await DatabaseEventLog.create({ knex: others[0]! }).append(late, slow.id, [
      { type: 'applied', message: 'late' },
    ]);
    let written = false;
    const writing = DatabaseStoreRepository.create({
      knex: others[1]!,
      events: DatabaseEventLog.create({ knex: others[1]! }),
    })
      .patch({
        id: fast.id,
        guard: guardOf(fast),
        patch: {},
        events: [{ type: 'applied', message: 'early' }],
      })
      .then(() => {
        written = true;
      });
    await until(async () => {
      const { rows } = await database.knex.raw(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0].waiting > 0;
    });
    expect(written).toBe(false);
    expect((await database.events.read({ after: 2, limit: 10 })).items).toEqual(
      [],
    );
    await late.commit();
    await writing;
    const { items } = await database.events.read({ after: 2, limit: 10 });
    expect(items.map(({ sequence, message }) => [sequence, message])).toEqual([
      [3, 'late'],
      [4, 'early'],
    ]);
  });

  it.each(Array.from({ length: 4 }, () => randomInt(2 ** 31)))(
    'lets readers that follow with a cursor miss none of what many write at once, or give up writing (seed %s)',
    async seed => {
      const random = createRandom(seed);
      const below = (bound: number) => Math.floor(random() * bound);
      const stores = await Promise.all(
        others.map(async (_, index) => {
          const { store } = await database.stores.create(
            newStore({ name: `Store ${index}` }),
          );
          return store;
        }),
      );
      // What each writer does is drawn before, so that a seed says it all.
      const plans = others.map(() =>
        Array.from({ length: 30 }, () => ({
          events: 1 + below(4),
          rolledBack: below(4) === 0,
          seconds: below(5) / 1000,
        })),
      );
      const committed = plans
        .flat()
        .filter(({ rolledBack }) => !rolledBack)
        .reduce((sum, { events }) => sum + events, stores.length);
      async function follow(limit: number): Promise<number[]> {
        const seen: number[] = [];
        let after = 0;
        while (seen.length < committed) {
          const page = await database.events.read({ after, limit });
          seen.push(...page.items.map(({ sequence }) => sequence));
          after = page.cursor;
        }
        return seen;
      }
      async function write(knex: Knex, writer: number): Promise<void> {
        const events = DatabaseEventLog.create({ knex });
        for (const plan of plans[writer]!) {
          const transaction = await knex.transaction();
          await events.append(
            transaction,
            stores[writer]!.id,
            Array.from({ length: plan.events }, () => ({
              type: 'applied' as const,
              message: 'm',
            })),
          );
          await transaction.raw('SELECT pg_sleep(?)', [plan.seconds]);
          await (plan.rolledBack
            ? transaction.rollback()
            : transaction.commit());
        }
      }
      const [every, few, many] = await Promise.all([
        follow(1),
        follow(7),
        follow(1000),
        ...others.map(write),
      ]);
      const expected = Array.from({ length: committed }, (_, at) => at + 1);
      expect(every).toEqual(expected);
      expect(few).toEqual(expected);
      expect(many).toEqual(expected);
    },
  );
});

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
