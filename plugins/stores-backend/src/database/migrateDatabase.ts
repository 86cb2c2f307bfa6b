import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Where the plugin's migrations lie, in the workspace and in a published package alike. */
export const migrationsDirectory = resolvePackagePath(
  '@storeyard/backstage-plugin-stores-backend',
  'migrations',
);

/** The plugin's database with its tables, unless the installation migrates by other means. */
export async function migrateDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}
