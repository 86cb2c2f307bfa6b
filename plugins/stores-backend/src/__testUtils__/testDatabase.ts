import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  DatabaseEventLog,
  DatabaseStoreRepository,
  migrationsDirectory,
  type NewStore,
} from '../database';

/** Both kinds of databases that we support. */
export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
});

/** A database with our tables and what works on them. */
export interface TestDatabase {
  knex: Knex;
  events: DatabaseEventLog;
  stores: DatabaseStoreRepository;
}

export async function createTestDatabase(
  id: TestDatabaseId,
  options: { pollMilliseconds?: number } = {},
): Promise<TestDatabase> {
  const knex = await databases.init(id);
  await knex.migrate.latest({ directory: migrationsDirectory });
  const events = DatabaseEventLog.create({ knex, ...options });
  return {
    knex,
    events,
    stores: DatabaseStoreRepository.create({ knex, events }),
  };
}

/** Makes a database as if it were new: quicker than a new one. */
export async function clearTestDatabase({ knex }: TestDatabase): Promise<void> {
  for (const table of [
    'store_events',
    'store_event_cursors',
    'store_generations',
    'stores',
    'store_replicas',
    'store_locks',
    'installation',
  ]) {
    await knex(table).delete();
  }
  await knex('store_event_counter').update({ value: 0 });
}

/** A request for a store, with all that a test doesn't care about. */
export function newStore(request: Partial<NewStore> = {}): NewStore {
  return {
    name: 'Toys & Games',
    engine: 'medusa',
    plan: 'small',
    owner: 'group:default/shop-team',
    createdBy: 'user:default/ada',
    parameters: { currency: 'eur' },
    protected: false,
    ...request,
  };
}
