import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import { guardOf } from './StoreRecord';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('lookups on %s', databaseId => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase(databaseId);
  });

  beforeEach(() => clearTestDatabase(database));

  async function markDeleted(id: string): Promise<void> {
    const { stores } = database;
    const store = await stores.requestDeletion({ id, actor: 'test' });
    await stores.transition({
      id,
      guard: guardOf(store),
      to: 'DELETED',
      events: [],
    });
  }

  it('finds who has a name until the store is gone', async () => {
    const { stores } = database;
    const { store } = await stores.create(newStore());
    expect(await stores.findActiveByName('toys-games')).toEqual(store);
    expect(await stores.findActiveByName('toys')).toBeUndefined();
    await stores.requestDeletion({ id: store.id, actor: 'test' });
    expect((await stores.findActiveByName('toys-games'))?.id).toBe(store.id);
    await markDeleted(store.id);
    expect(await stores.findActiveByName('toys-games')).toBeUndefined();
  });

  it("counts an owner's stores that are not gone", async () => {
    const { stores } = database;
    const owner = 'group:default/shop-team';
    expect(await stores.countActive(owner)).toBe(0);
    const { store } = await stores.create(newStore({ name: 'One' }));
    await stores.create(newStore({ name: 'Two' }));
    await stores.create(newStore({ name: 'Three', owner: 'user:default/bob' }));
    expect(await stores.countActive(owner)).toBe(2);
    await markDeleted(store.id);
    expect(await stores.countActive(owner)).toBe(1);
  });

  it('finds what the same request of the same caller has made, also once it is gone', async () => {
    const { stores } = database;
    const idempotency = { key: 'k', digest: 'd' };
    const createdBy = 'user:default/ada';
    const find = (options: object = {}) =>
      stores.findReplayed({ createdBy, idempotency, ...options });
    expect(await find()).toBeUndefined();
    const { store } = await stores.create(newStore({ idempotency }));
    expect(await find()).toEqual(store);
    expect(await find({ createdBy: 'user:default/bob' })).toBeUndefined();
    await expect(
      find({ idempotency: { key: 'k', digest: 'other' } }),
    ).rejects.toThrow(
      `the Idempotency-Key 'k' was used for another request, which made store '${store.id}'`,
    );
    await markDeleted(store.id);
    expect((await find())?.state).toBe('DELETED');
  });
});
