import { hostname } from 'node:os';
import { mockServices } from '@backstage/backend-test-utils';
import { bringTo } from '../../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../../__testUtils__/testDatabase';
import { guardOf } from '../../database';
import { waitFor } from '../__testUtils__/waitFor';
import { StoreLeases } from './StoreLeases';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('StoreLeases on %s', databaseId => {
  let database: TestDatabase;
  const running = new Set<StoreLeases>();

  beforeAll(async () => {
    database = await createTestDatabase(databaseId);
  });

  beforeEach(() => clearTestDatabase(database));

  afterEach(async () => {
    await Promise.all([...running].map(each => each.stop()));
    running.clear();
  });

  async function replica(
    durationSeconds = 10,
    options: { soleReplica?: boolean; version?: string } = {},
  ): Promise<StoreLeases> {
    const leases = StoreLeases.create({
      knex: database.knex,
      logger: mockServices.logger.mock(),
      durationSeconds,
      ...options,
    });
    running.add(leases);
    await leases.start();
    return leases;
  }

  /** As a process is that was killed or stopped: it renews nothing and gives nothing back. */
  function stall(leases: StoreLeases): void {
    running.delete(leases);
    jest
      .spyOn(leases as unknown as { tick(): Promise<void> }, 'tick')
      .mockResolvedValue();
  }

  async function createStore(name = 'Toys') {
    const { store } = await database.stores.create(newStore({ name }));
    return store;
  }

  it('gives a store to one replica, and a new epoch with it', async () => {
    const { id } = await createStore();
    const [a, b] = [await replica(), await replica()];
    const lease = await a.acquire(id);
    expect(lease).toMatchObject({ epoch: 1 });
    expect(await a.acquire(id)).toMatchObject({ epoch: 1 });
    expect(await b.acquire(id)).toBeUndefined();
    expect([a.holds(id), b.holds(id)]).toEqual([true, false]);
    expect((await database.stores.get(id))?.leaseEpoch).toBe(1);
  });

  it('lets one of many that ask at once have it', async () => {
    const { id } = await createStore();
    const replicas = await Promise.all([1, 2, 3, 4].map(() => replica()));
    const leases = await Promise.all(
      replicas.flatMap(each => [each.acquire(id), each.acquire(id)]),
    );
    const got = leases.filter(Boolean);
    expect(got.length).toBeGreaterThan(0);
    expect(replicas.filter(each => each.holds(id))).toHaveLength(1);
    expect(new Set(got.map(lease => lease!.epoch))).toEqual(new Set([1]));
  });

  it('hands a lease that was given back to whoever wants it', async () => {
    const { id } = await createStore();
    const [a, b] = [await replica(), await replica()];
    await a.acquire(id);
    await a.release(id);
    expect(a.holds(id)).toBe(false);
    expect(await b.listFree()).toEqual([id]);
    expect(await b.acquire(id)).toMatchObject({ epoch: 2 });
    await a.release(id);
    expect(b.holds(id)).toBe(true);
    expect(await b.listFree()).toEqual([]);
  });

  it('frees all leases of a replica that stops, at once', async () => {
    const { id } = await createStore();
    const [a, b] = [await replica(), await replica()];
    const lease = await a.acquire(id);
    await a.stop();
    expect(lease!.signal.aborted).toBe(true);
    expect(await b.acquire(id)).toMatchObject({ epoch: 2 });
  });

  it('keeps leases for longer than they last when they are renewed', async () => {
    const { id } = await createStore();
    const [a, b] = [await replica(6), await replica(6)];
    const lease = await a.acquire(id);
    const renewed = jest.fn(async () => {});
    a.onTick(renewed);
    await waitFor(
      async () => renewed.mock.calls.length >= 6,
      async () => renewed.mock.calls.length,
    );
    expect(lease!.signal.aborted).toBe(false);
    expect(await b.acquire(id)).toBeUndefined();
  });

  it('renews any number of leases by one statement', async () => {
    const a = await replica(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await a.acquire((await createStore(name)).id);
    }
    const story: string[] = [];
    const end = a.onTick(() => story.push('tick'));
    const note = ({ sql }: { sql: string }) => story.push(sql);
    database.knex.on('query', note);
    await waitFor(
      async () => story.filter(each => each === 'tick').length >= 3,
      async () => story,
    );
    database.knex.removeListener('query', note);
    end();
    // The first renewal had begun before anybody listened, and another may have begun after the last.
    const between = story.slice(
      story.indexOf('tick') + 1,
      story.lastIndexOf('tick') + 1,
    );
    expect(between.filter(each => /^update/i.test(each))).toHaveLength(
      between.filter(each => each === 'tick').length,
    );
    expect(between.filter(each => /stores/.test(each))).toEqual([]);
  });

  it('takes over from a replica that is gone, and its late writes are refused', async () => {
    const store = await bringTo(database, 'PROVISIONING');
    const a = await replica(2);
    await a.acquire(store.id);
    const held = await database.stores.get(store.id);
    stall(a);
    const b = await replica(2);
    const takenOver = jest.fn();
    b.onTakeOver(takenOver);
    const lease = await waitFor(
      () => b.acquire(store.id),
      () => b.listFree(),
    );
    expect(lease).toMatchObject({ epoch: 2 });
    expect(takenOver).toHaveBeenCalledWith(store.id);
    expect(a.holds(store.id)).toBe(false);
    await expect(
      database.stores.transition({
        id: store.id,
        guard: guardOf(held!),
        to: 'READY',
        events: [],
      }),
    ).rejects.toThrow('at lease epoch 2 and request 0, expected');
    expect((await database.stores.get(store.id))?.state).toBe('PROVISIONING');
  });

  it('ends what runs under a lease before the database ends it', async () => {
    const { id } = await createStore();
    const a = await replica(2);
    const lease = await a.acquire(id);
    stall(a);
    await waitFor(
      async () => lease!.signal.aborted,
      async () => 'the signal is not aborted',
    );
    expect(lease!.signal.reason).toMatchObject({ name: 'LeaseLostError' });
    expect(await database.knex('store_replicas').pluck('holder')).toHaveLength(
      1,
    );
  });

  it('begins a new session when the database has ended the old one', async () => {
    const { id } = await createStore();
    const a = await replica(2);
    const lease = await a.acquire(id);
    await database.knex('store_replicas').delete();
    await waitFor(
      async () => lease!.signal.aborted,
      async () => 'the signal is not aborted',
    );
    const next = await waitFor(
      () => a.acquire(id),
      async () => a.held(),
    );
    expect(next).toMatchObject({ epoch: 2 });
  });

  it('waits for no predecessor where the database is its own', async () => {
    const { id } = await createStore();
    const a = await replica(300);
    await a.acquire(id);
    stall(a);
    const b = await replica(300, { soleReplica: true });
    expect(await b.acquire(id)).toMatchObject({ epoch: 2 });
  });

  it('lists the replicas that are alive, with what they are and hold', async () => {
    const [held, gone, free] = [
      await createStore('held'),
      await bringTo(database, 'DELETED', { request: { name: 'gone' } }),
      await createStore('free'),
    ];
    const a = await replica(300, { version: '1.2.3' });
    const b = await replica(6);
    await a.acquire(held.id);
    await a.acquire(gone.id);
    await b.acquire(free.id);
    const listed = await a.listReplicas();
    expect(listed).toHaveLength(2);
    expect(listed.find(({ version }) => version === '1.2.3')).toEqual({
      holder: expect.stringContaining(`:${process.pid}:`),
      host: hostname(),
      version: '1.2.3',
      startedAt: new Date(Math.floor(performance.timeOrigin)),
      heldStores: 1,
    });
    expect(listed.find(({ version }) => version === undefined)).toMatchObject({
      heldStores: 1,
    });
    stall(b);
    stall(a);
    const left = await waitFor(
      async () => {
        const now = await a.listReplicas();
        return now.length === 1 && now;
      },
      () => a.listReplicas(),
    );
    expect(left).toMatchObject([{ version: '1.2.3' }]);
  });

  it('gives each store to one of the replicas that are there', async () => {
    const replicas = [await replica(6), await replica(6), await replica(6)];
    const ids = Array.from({ length: 60 }, (_, index) => `store-${index}`);
    const shares = () =>
      replicas.map(each => ids.filter(id => each.prefers(id)));
    await waitFor(
      async () => shares().flat().sort().join() === [...ids].sort().join(),
      async () => shares().map(share => share.length),
    );
    for (const share of shares()) expect(share.length).toBeGreaterThan(5);
    const [gone, ...left] = replicas as [StoreLeases, StoreLeases, StoreLeases];
    const kept = left.map(each => ids.filter(id => each.prefers(id)));
    await gone.stop();
    await waitFor(
      async () => ids.every(id => left.some(each => each.prefers(id))),
      async () => shares().map(share => share.length),
    );
    left.forEach((each, index) =>
      expect(kept[index]!.every(id => each.prefers(id))).toBe(true),
    );
  });
});
