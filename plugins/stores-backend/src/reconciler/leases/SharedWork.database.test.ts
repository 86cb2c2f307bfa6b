import { mockServices } from '@backstage/backend-test-utils';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../../__testUtils__/testDatabase';
import { DatabaseEventLog, DatabaseStoreRepository } from '../../database';
import { waitFor } from '../__testUtils__/waitFor';
import { WorkQueue } from '../WorkQueue';
import { SharedWork } from './SharedWork';
import { StoreLeases } from './StoreLeases';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('SharedWork on %s', databaseId => {
  let database: TestDatabase;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await createTestDatabase(databaseId);
  });

  beforeEach(() => clearTestDatabase(database));

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** What a replica consists of but for the cluster: it takes what it is given and lets it rest. */
  async function replica(durationSeconds = 2) {
    const events = DatabaseEventLog.create({ knex: database.knex });
    const repository = DatabaseStoreRepository.create({
      knex: database.knex,
      events,
    });
    const leases = StoreLeases.create({
      knex: database.knex,
      logger: mockServices.logger.mock(),
      durationSeconds,
    });
    const worked: string[] = [];
    const queue = WorkQueue.create({
      concurrency: 4,
      backoff: { initialMs: 10, maximumMs: 10 },
      onError: () => {},
      process: async storeId => {
        if (await leases.acquire(storeId)) {
          worked.push(storeId);
          if (!leases.prefers(storeId)) await leases.release(storeId);
        }
        return undefined;
      },
    });
    const shared = SharedWork.create({
      leases,
      repository,
      events,
      queue,
      logger: mockServices.logger.mock(),
    });
    await leases.start();
    await shared.start();
    const stop = async () => {
      await shared.stop();
      await queue.stop();
      await leases.stop();
    };
    ends.push(stop);
    return { events, leases, queue, repository, worked, stop };
  }

  async function requestStores(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const { store } = await database.stores.create(
        newStore({ name: `Store ${index}` }),
      );
      ids.push(store.id);
    }
    return ids;
  }

  const allHeld = (ids: string[], ...leases: StoreLeases[]) =>
    waitFor(
      async () => ids.every(id => leases.some(each => each.holds(id))),
      async () => leases.map(each => each.held().length),
    );

  it('works on what another process has requested, as soon as it is woken', async () => {
    const { events, leases, worked } = await replica(300);
    const [id] = await requestStores(1);
    events.wake();
    await allHeld([id!], leases);
    expect(worked).toEqual([id]);
  });

  it('finds what nobody woke it for after the next renewal', async () => {
    const { leases } = await replica();
    const ids = await requestStores(3);
    await allHeld(ids, leases);
    expect(leases.held().sort()).toEqual(ids.sort());
  });

  it('looks again at what it holds when a request was made elsewhere', async () => {
    const { events, leases, worked } = await replica(300);
    const [id] = await requestStores(1);
    events.wake();
    await allHeld([id!], leases);
    await database.stores.requestRetry({ id: id!, actor: 'user:default/bob' });
    events.wake();
    await waitFor(
      async () => worked.length === 2,
      async () => worked,
    );
    expect(worked).toEqual([id, id]);
  });

  it('shares the stores of a replica with one that joins, and takes them all back when that is gone', async () => {
    const a = await replica();
    const ids = await requestStores(24);
    await allHeld(ids, a.leases);
    const b = await replica();
    await waitFor(
      async () =>
        b.leases.held().length > 2 &&
        a.leases.held().length + b.leases.held().length === 24,
      async () => [a.leases.held().length, b.leases.held().length],
    );
    expect(ids.filter(id => a.leases.holds(id) && b.leases.holds(id))).toEqual(
      [],
    );
    ends.splice(ends.indexOf(b.stop), 1);
    await b.stop();
    await allHeld(ids, a.leases);
  });

  it('works on what is due, once its time has come', async () => {
    const { events, leases, worked } = await replica();
    const [id] = await requestStores(1);
    events.wake();
    await allHeld([id!], leases);
    await database
      .knex('stores')
      .where({ id })
      .update({ next_attempt_at: new Date(Date.now() + 200) });
    await waitFor(
      async () => worked.length >= 2,
      async () => worked,
    );
    expect(new Set(worked)).toEqual(new Set([id]));
  });
});
