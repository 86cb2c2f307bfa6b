import type { Knex } from 'knex';
import { isSqlite } from '../../database/isSqlite';

/** Milliseconds since 1970 by the database's clock: the one clock that all replicas have in common. */
export function databaseNow(knex: Knex): string {
  return isSqlite(knex)
    ? `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`
    : `CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)`;
}
