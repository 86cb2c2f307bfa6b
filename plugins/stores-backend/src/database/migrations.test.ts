import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';
import { databases } from '../__testUtils__/testDatabase';
import { migrationsDirectory } from './migrateDatabase';

jest.setTimeout(60_000);

const times = { created_at: new Date(), updated_at: new Date() };

function storeRow(id: string, row: Record<string, unknown> = {}) {
  return {
    id,
    name: id,
    slug: 'toys',
    engine: 'medusa',
    plan: 'small',
    owner: 'group:default/shop-team',
    created_by: 'user:default/ada',
    parameters: '{}',
    protected: false,
    state: 'READY',
    conditions: '[]',
    namespace: `store-${id}`,
    nonce: 'n',
    attempt: 0,
    generation: 1,
    observed_generation: 0,
    lease_epoch: 0,
    request_seq: 0,
    ...times,
    ...row,
  };
}

async function tables(knex: Knex): Promise<string[]> {
  const names = [
    'installation',
    'stores',
    'store_generations',
    'store_events',
    'store_event_counter',
  ];
  const present = await Promise.all(
    names.map(name => knex.schema.hasTable(name)),
  );
  return names.filter((_, index) => present[index]);
}

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
  });

  const migrate = {
    up: () => knex.migrate.up({ directory: migrationsDirectory }),
    down: () => knex.migrate.down({ directory: migrationsDirectory }),
  };

  it('go up, take rows, go down to nothing and up again', async () => {
    for (const _ of readdirSync(migrationsDirectory)) {
      await migrate.up();
    }
    await knex('stores').insert(storeRow('toys-aaaaa'));
    await knex('store_generations').insert({
      store_id: 'toys-aaaaa',
      generation: 1,
      plan: 'small',
      parameters: '{}',
      chart_version: '0.1.0',
      image_version: '2.18.0',
      chart_values: '{}',
      objects: '[]',
    });
    await knex('store_events').insert({
      sequence: 1,
      store_id: 'toys-aaaaa',
      type: 'requested',
      message: 'm',
      created_at: new Date(),
    });
    for (const _ of readdirSync(migrationsDirectory)) {
      await migrate.down();
    }
    expect(await tables(knex)).toEqual([]);
    await knex.migrate.latest({ directory: migrationsDirectory });
    expect(await tables(knex)).toHaveLength(5);
    expect(await knex('store_event_counter').select('value')).toHaveLength(1);
    expect(await knex('stores')).toEqual([]);
  });

  describe('constraints', () => {
    beforeEach(async () => {
      await knex.migrate.latest({ directory: migrationsDirectory });
      await knex('stores').insert(storeRow('toys-aaaaa'));
    });

    it.each(['REQUESTED', 'DELETING'])(
      'allow no second store of a slug, also while one is %s',
      async state => {
        await knex('stores').update({ state });
        await expect(
          knex('stores').insert(storeRow('toys-bbbbb')),
        ).rejects.toThrow(/unique/i);
      },
    );

    it('allow a slug again once its store is DELETED', async () => {
      await knex('stores').update({ state: 'DELETED' });
      await knex('stores').insert(storeRow('toys-bbbbb'));
      await knex('stores').insert(storeRow('toys-ccccc', { state: 'DELETED' }));
      expect(await knex('stores').where({ slug: 'toys' })).toHaveLength(3);
    });

    it('allow an id once and for all', async () => {
      await knex('stores').update({ state: 'DELETED' });
      await expect(
        knex('stores').insert(storeRow('toys-aaaaa')),
      ).rejects.toThrow(/unique/i);
    });

    it('know no other states', async () => {
      await expect(
        knex('stores').update({ state: 'SLEEPING' }),
      ).rejects.toThrow(/check/i);
    });

    it('allow one installation', async () => {
      const row = {
        id: 'i',
        secret_key_fingerprint: 'f',
        created_at: new Date(),
      };
      await knex('installation').insert({ singleton: 1, ...row });
      await expect(
        knex('installation').insert({ singleton: 2, ...row }),
      ).rejects.toThrow(/check/i);
    });
  });
});
