import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { bringTo } from '../__testUtils__/bringTo';
import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import {
  DeletedStoreRetention,
  readDeletedDays,
} from './DeletedStoreRetention';

jest.setTimeout(60_000);

const day = 24 * 3_600_000;

describe.each(databases.eachSupportedId())(
  'DeletedStoreRetention on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    function retention(scheduler = mockServices.scheduler.mock()) {
      return DeletedStoreRetention.create({
        knex: database.knex,
        logger: mockServices.logger.mock(),
        scheduler,
        days: 90,
      });
    }

    async function store(
      name: string,
      state: 'DELETED' | 'DELETING' | 'READY',
      days: number,
    ) {
      const { id } = await bringTo(database, state, { request: { name } });
      await database.stores.saveGeneration({
        storeId: id,
        generation: 1,
        plan: 'small',
        parameters: {},
        chartVersion: '0.1.0',
        imageVersion: '2.18.0',
        values: {},
        objects: [],
      });
      await database
        .knex('stores')
        .where({ id })
        .update({
          deleted_at: new Date(Date.now() - days * day),
        });
      return id;
    }

    it('removes what was deleted long ago, with its events and generations, and nothing else', async () => {
      await store('old', 'DELETED', 91);
      const kept = [
        await store('recent', 'DELETED', 89),
        await store('stuck', 'DELETING', 1000),
        await store('alive', 'READY', 1000),
      ].sort();
      const before = await database.events.read({ after: 0, limit: 100 });
      expect(await retention().run()).toBe(1);
      expect((await database.knex('stores').pluck('id')).sort()).toEqual(kept);
      expect(
        (await database.knex('store_generations').pluck('store_id')).sort(),
      ).toEqual(kept);
      const after = await database.events.read({ after: 0, limit: 100 });
      expect(after.items).toEqual(
        before.items.filter(({ storeId }) => kept.includes(storeId)),
      );
      expect(await retention().run()).toBe(0);
      expect(await database.events.lastSequence()).toBe(before.cursor);
    });

    it('goes on until nothing old is left', async () => {
      const row = await database
        .knex('stores')
        .where({ id: await store('first', 'DELETED', 91) })
        .first();
      for (let index = 0; index < 250; index++) {
        await database
          .knex('stores')
          .insert({ ...row, id: `old-${index}`, slug: `old-${index}` });
      }
      expect(await retention().run()).toBe(251);
      expect(await database.knex('stores')).toEqual([]);
    });

    it('runs on one replica at a time', async () => {
      const scheduler = mockServices.scheduler.mock();
      await retention(scheduler).start();
      expect(scheduler.scheduleTask).toHaveBeenCalledWith(
        expect.objectContaining({ scope: 'global', frequency: { hours: 1 } }),
      );
    });
  },
);

describe('readDeletedDays', () => {
  const read = (deletedDays?: number) =>
    readDeletedDays(
      new ConfigReader({ stores: { retention: { deletedDays } } }),
    );

  it('is 90 unless told otherwise', () => {
    expect(read()).toBe(90);
    expect(read(7)).toBe(7);
    expect(() => read(-1)).toThrow("'stores.retention.deletedDays' is '-1'");
  });
});
