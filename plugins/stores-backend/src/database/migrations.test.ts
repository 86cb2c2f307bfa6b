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

/** Migrations in their order, each with its tables: those of helper tables of Knex itself left out. */
const migrations = readdirSync(migrationsDirectory).sort();

async function tables(knex: Knex): Promise<string[]> {
  const names = String(knex.client.config.client).includes('sqlite')
    ? await knex('sqlite_master')
        .where({ type: 'table' })
        .whereNot('name', 'like', 'sqlite_%')
        .pluck('name')
    : await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .pluck('table_name');
  return names.filter(name => !name.startsWith('knex_migrations')).sort();
}

/** A row for each table of the first migration. */
async function insertRows(knex: Knex): Promise<void> {
  await knex('installation').insert({
    singleton: 1,
    id: 'i',
    secret_key_fingerprint: 'f',
    created_at: new Date(),
  });
  await knex('stores').insert(
    storeRow('toys-aaaaa', { ready_at: new Date(1_000), lease_owner: 'a' }),
  );
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

  it('go up one by one with rows in between, down to nothing and up again', async () => {
    const steps: string[][] = [];
    for (const [index] of migrations.entries()) {
      await migrate.up();
      steps.push(await tables(knex));
      if (index === 0) {
        await insertRows(knex);
      }
    }
    const rows = [
      'installation',
      'stores',
      'store_generations',
      'store_events',
    ];
    for (const [index] of [...migrations.entries()].reverse()) {
      expect(await tables(knex)).toEqual(steps[index]);
      for (const table of rows) {
        expect(await knex(table)).toHaveLength(1);
      }
      await migrate.down();
    }
    expect(await tables(knex)).toEqual([]);
    await knex.migrate.latest({ directory: migrationsDirectory });
    expect(await tables(knex)).toEqual(steps.at(-1));
    expect(await knex('store_event_counter').select('value')).toHaveLength(1);
    expect(await knex('stores')).toEqual([]);
  });

  it('keep what a store is through every step up and down', async () => {
    await migrate.up();
    await insertRows(knex);
    const before = await knex('stores').first();
    for (const _ of migrations.slice(1)) await migrate.up();
    const after = await knex('stores').first();
    expect(after).toMatchObject({
      id: 'toys-aaaaa',
      state: 'READY',
      first_ready_at: before.ready_at,
      lease_owner: null,
    });
    for (const _ of migrations.slice(1)) await migrate.down();
    expect(await knex('stores').first()).toEqual({
      ...before,
      lease_owner: null,
    });
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
