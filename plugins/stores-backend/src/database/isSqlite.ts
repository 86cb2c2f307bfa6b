import type { Knex } from 'knex';

/** Whether the database is SQLite, which one process has for itself, rather than PostgreSQL. */
export function isSqlite(knex: Knex): boolean {
  return String(knex.client.config.client).includes('sqlite');
}
