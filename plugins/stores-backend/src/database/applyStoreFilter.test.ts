import {
  clearTestDatabase,
  createTestDatabase,
  databases,
  newStore,
  type TestDatabase,
} from '../__testUtils__/testDatabase';
import type { StoreFilter } from './StoreFilter';

jest.setTimeout(60_000);

const ours: StoreFilter = { owners: ['group:default/ours'] };
const medusa: StoreFilter = { engines: ['medusa'] };

const cases: [what: string, filter: StoreFilter, names: string[]][] = [
  ['lets all pass that nothing is said about', {}, ['a', 'b', 'c', 'd']],
  ['an owner', ours, ['a', 'b']],
  ['no owner', { owners: [] }, []],
  ['an engine', medusa, ['a', 'c']],
  ['both', { ...ours, ...medusa }, ['a']],
  ['all of', { allOf: [ours, medusa] }, ['a']],
  ['any of', { anyOf: [ours, medusa] }, ['a', 'b', 'c']],
  ['not', { not: ours }, ['c', 'd']],
  ['not nothing', { not: {} }, []],
  ['not no owner', { not: { owners: [] } }, ['a', 'b', 'c', 'd']],
  ['not any of', { not: { anyOf: [ours, medusa] } }, ['d']],
  ['not all of', { not: { allOf: [ours, medusa] } }, ['b', 'c', 'd']],
  [
    'nested',
    { allOf: [{ anyOf: [ours, { owners: ['x'] }] }, { not: medusa }] },
    ['b'],
  ],
  ['a quote in an owner', { owners: ["' OR 1=1 --"] }, []],
];

describe.each(databases.eachSupportedId())(
  'a filter of stores on %s',
  databaseId => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase(databaseId);
      await clearTestDatabase(database);
      for (const [name, owner, engine] of [
        ['a', 'group:default/ours', 'medusa'],
        ['b', 'group:default/ours', 'other'],
        ['c', 'group:default/theirs', 'medusa'],
        ['d', 'group:default/theirs', 'other'],
      ] as const) {
        await database.stores.create(newStore({ name, owner, engine }));
      }
    });

    it.each(cases)('%s', async (_, visible, names) => {
      const { items } = await database.stores.list({ visible, limit: 10 });
      expect(items.map(({ name }) => name).sort()).toEqual(names);
      const page = await database.events.read({
        visible,
        after: 0,
        limit: 10,
      });
      const of = new Map(items.map(({ id, name }) => [id, name]));
      expect(page.items.map(({ storeId }) => of.get(storeId)).sort()).toEqual(
        names,
      );
    });

    it('goes with what a list is asked for besides', async () => {
      const { items } = await database.stores.list({
        visible: { anyOf: [ours, medusa] },
        owner: 'group:default/theirs',
        limit: 10,
      });
      expect(items.map(({ name }) => name)).toEqual(['c']);
    });

    it('refuses what it does not know instead of showing too much', async () => {
      await expect(
        database.stores.list({
          visible: { names: ['a'] } as StoreFilter,
          limit: 10,
        }),
      ).rejects.toThrow("a filter of stores has the key 'names'");
    });
  },
);
