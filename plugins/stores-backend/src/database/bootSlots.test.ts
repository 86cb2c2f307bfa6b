import { bringTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { guardOf, type StoreRecord } from './StoreRecord';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'slots to boot on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    const provisioning = (name: string) =>
      bringTo(database, 'PROVISIONING', { request: { name } });

    const ask = (store: StoreRecord, maximum = 2) =>
      database.stores.requestBoot({
        id: store.id,
        guard: guardOf(store),
        maximum,
      });

    it('go to those who asked first, and the others wait in their order', async () => {
      const stores = await Promise.all(['a', 'b', 'c', 'd'].map(provisioning));
      const asked: StoreRecord[] = [];
      for (const store of stores) asked.push(await ask(store));
      const [a, b, c, d] = asked as [
        StoreRecord,
        StoreRecord,
        StoreRecord,
        StoreRecord,
      ];
      expect(a.bootStartedAt).toBeInstanceOf(Date);
      expect(b.bootStartedAt).toBeInstanceOf(Date);
      expect(c).toMatchObject({
        bootStartedAt: undefined,
        bootQueuedAt: expect.any(Date),
      });
      expect(await database.stores.bootQueue()).toEqual({
        booting: [a.id, b.id],
        waiting: [c.id, d.id],
        lastBootStartedAt: b.bootStartedAt,
      });
      await database.stores.transition({
        id: a.id,
        guard: guardOf(a),
        to: 'READY',
        events: [],
      });
      expect((await ask(d)).bootStartedAt).toBeUndefined();
      const started = await ask(c);
      expect(started.bootStartedAt).toBeInstanceOf(Date);
      expect(await ask(started)).toEqual(started);
      expect(await database.stores.bootQueue()).toEqual({
        booting: [b.id, c.id],
        waiting: [d.id],
        lastBootStartedAt: started.bootStartedAt,
      });
    });

    it('are never more than the bound, however many ask at once', async () => {
      const stores = await Promise.all(
        Array.from({ length: 8 }, (_, index) => provisioning(`Store ${index}`)),
      );
      await Promise.all(stores.map(store => ask(store, 3)));
      const { booting, waiting } = await database.stores.bootQueue();
      expect(booting).toHaveLength(3);
      expect(waiting).toHaveLength(5);
    });

    it('are refused to a former holder', async () => {
      const store = await provisioning('a');
      await database.knex('stores').update({ lease_epoch: 7 });
      await expect(ask(store)).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await database.stores.bootQueue()).toEqual({
        booting: [],
        waiting: [],
      });
    });
  },
);
