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

const quota = { maximum: 2 };

describe.each(databases.eachSupportedId())(
  "an owner's quota on %s",
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
    });

    beforeEach(() => clearTestDatabase(database));

    const request = (name: string, owner = 'group:default/shop-team') =>
      database.stores.create(newStore({ name, owner, quota }));

    it('says how many the owner has and may have, and keeps nothing', async () => {
      await request('One');
      await request('Two');
      await expect(request('Three')).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          "owner: 'group:default/shop-team' has 2 stores, and may have 2",
      });
      const { items } = await database.stores.list({ limit: 10 });
      expect(items).toHaveLength(2);
      expect((await database.events.read({ after: 0, limit: 9 })).cursor).toBe(
        2,
      );
      await request('Three', 'user:default/ada');
    });

    it('gives a place back only when a store is DELETED', async () => {
      await request('One');
      const deleting = await bringTo(database, 'DELETING');
      await expect(request('Two')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      await database.stores.transition({
        id: deleting.id,
        guard: guardOf(deleting),
        to: 'DELETED',
        events: [],
      });
      await request('Two');
    });

    it('answers a repeated request with its store, whatever the quota', async () => {
      const idempotency = { key: 'k', digest: 'd' };
      const first = await database.stores.create(
        newStore({ quota: { maximum: 1 }, idempotency }),
      );
      const second = await database.stores.create(
        newStore({ quota: { maximum: 1 }, idempotency }),
      );
      expect(second).toEqual({ store: first.store, created: false });
    });

    it('lets the last place be taken once, however many want it at once', async () => {
      await request('One');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => request(`Other ${index}`)),
      );
      expect(
        outcomes.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(1);
      expect(
        outcomes.flatMap(outcome =>
          outcome.status === 'rejected' ? [outcome.reason.name] : [],
        ),
      ).toEqual(Array(7).fill('NotAllowedError'));
    });

    it('holds for a store that changes hands too', async () => {
      await request('One', 'group:default/full');
      await request('Two', 'group:default/full');
      const { store } = await request('Three');
      const change = {
        id: store.id,
        actor: 'user:default/ada',
        owner: 'group:default/full',
      };
      await expect(
        database.stores.changeStore({ ...change, quota }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(await database.stores.get(store.id)).toEqual(store);
      await database.stores.changeStore({ ...change, quota: { maximum: 3 } });
    });
  },
);
