import { bringTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { guardOf } from './StoreRecord';

jest.setTimeout(60_000);

const hour = 3_600_000;

describe.each(databases.eachSupportedId())('the overview on %s', databaseId => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase(databaseId);
  });

  beforeEach(() => clearTestDatabase(database));

  /** A store that was READY at a time, after so many seconds. */
  async function readyAfter(seconds: number, readyAt: Date, owner = 'o') {
    const { id } = await bringTo(database, 'READY', {
      request: { name: `Store ${seconds} ${owner}`, owner },
    });
    await database
      .knex('stores')
      .where({ id })
      .update({
        first_ready_at: readyAt,
        created_at: new Date(readyAt.getTime() - seconds * 1000),
      });
  }

  async function lastSequence(): Promise<number> {
    const [row] = await database.knex('store_events').max('sequence AS last');
    return Number(row?.last);
  }

  it('is empty without stores', async () => {
    expect(await database.stores.overview({ since: new Date(0) })).toEqual({
      countsByState: {
        REQUESTED: 0,
        PROVISIONING: 0,
        READY: 0,
        DEGRADED: 0,
        FAILED: 0,
        DELETING: 0,
        DELETED: 0,
      },
      activeByOwner: [],
      provisioning: undefined,
      bucketSeconds: 86_400,
      buckets: [],
      failuresByReason: [],
      repairs: [],
    });
  });

  it('counts by state and owner', async () => {
    await bringTo(database, 'READY', { request: { owner: 'a' } });
    await bringTo(database, 'FAILED', { request: { owner: 'b' } });
    await bringTo(database, 'DEGRADED', { request: { owner: 'b' } });
    await bringTo(database, 'DELETED', { request: { owner: 'c' } });
    const counts = await database.stores.countByState();
    expect(counts).toMatchObject({
      READY: 1,
      FAILED: 1,
      DEGRADED: 1,
      DELETED: 1,
      REQUESTED: 0,
    });
    const overview = await database.stores.overview({ since: new Date(0) });
    expect(overview.countsByState).toEqual(counts);
    expect(overview.activeByOwner).toEqual([
      { owner: 'b', count: 2 },
      { owner: 'a', count: 1 },
    ]);
    expect(
      (
        await database.stores.overview({
          since: new Date(0),
          visible: { owners: ['a', 'c'] },
        })
      ).activeByOwner,
    ).toEqual([{ owner: 'a', count: 1 }]);
  });

  it('gives the nearest-rank percentiles of the times to READY, by hour', async () => {
    const now = Date.now();
    const begun = Math.floor(now / hour) * hour;
    const [earlier, later] = [
      new Date(begun - 3 * hour + 60_000),
      new Date(begun - hour + 60_000),
    ];
    for (const seconds of [4, 5, 6, 100]) await readyAfter(seconds, earlier);
    await readyAfter(7.5, later);
    await readyAfter(1, new Date(now - 40 * hour));
    const overview = await database.stores.overview({
      since: new Date(now - 24 * hour),
    });
    expect(overview.provisioning).toEqual({
      count: 5,
      p50Seconds: 6,
      p95Seconds: 100,
    });
    expect(overview.bucketSeconds).toBe(3600);
    expect(overview.buckets).toEqual([
      {
        start: new Date(begun - 3 * hour),
        count: 4,
        p50Seconds: 5,
        p95Seconds: 100,
      },
      {
        start: new Date(begun - hour),
        count: 1,
        p50Seconds: 7.5,
        p95Seconds: 7.5,
      },
    ]);
  });

  it('counts failures by reason, the most frequent first', async () => {
    const { store } = await database.stores.create(newStore());
    for (const reason of ['CrashLooping', 'Timeout', 'CrashLooping'] as const) {
      await database.stores.patch({
        id: store.id,
        guard: guardOf(store),
        patch: {},
        events: [{ type: 'failed', message: 'm', details: { reason } }],
      });
    }
    await database
      .knex('store_events')
      .where({ sequence: 2 })
      .update({ created_at: new Date(0) });
    const since = new Date(Date.now() - hour);
    const overview = await database.stores.overview({ since });
    expect(overview.failuresByReason).toEqual([
      { reason: 'CrashLooping', count: 1 },
      { reason: 'Timeout', count: 1 },
    ]);
    const all = await database.stores.overview({ since: new Date(0) });
    expect(all.failuresByReason).toEqual([
      { reason: 'CrashLooping', count: 2 },
      { reason: 'Timeout', count: 1 },
    ]);
    const hidden = await database.stores.overview({
      since,
      visible: { owners: [] },
    });
    expect(hidden.failuresByReason).toEqual([]);
  });

  it('counts repairs and the stores that were repaired, by day', async () => {
    const now = Date.now();
    const today = new Date(Math.floor(now / (24 * hour)) * 24 * hour);
    const before = new Date(today.getTime() - 24 * hour);
    const a = await bringTo(database, 'READY', { request: { name: 'A' } });
    const b = await bringTo(database, 'READY', {
      request: { name: 'B', owner: 'other' },
    });
    const times = [before, before, before, new Date(now), new Date(0)];
    for (const [index, time] of times.entries()) {
      const { id } = index < 2 ? a : b;
      await database.stores.patch({
        id,
        guard: guardOf((await database.stores.get(id))!),
        patch: {},
        events: [
          { type: 'repaired', message: 'm' },
          { type: 'drift-found', message: 'm' },
        ],
      });
      await database
        .knex('store_events')
        .where({ sequence: await lastSequence() })
        .orWhere({ sequence: (await lastSequence()) - 1 })
        .update({ created_at: time });
    }
    const since = new Date(now - 7 * 24 * hour);
    expect((await database.stores.overview({ since })).repairs).toEqual([
      { start: before, count: 3, stores: 2 },
      { start: today, count: 1, stores: 1 },
    ]);
    const visible = { owners: [a.owner] };
    expect(
      (await database.stores.overview({ since, visible })).repairs,
    ).toEqual([{ start: before, count: 2, stores: 1 }]);
  });
});
