/** What the platform keeps about a database, beside Medusa's own tables. */
export type Fact =
  /** Digest of the schema template of the image that prepared the database. */
  | 'schema'
  /** Digest of the settings that the shop was set up with. */
  | 'settings'
  /** The title that was last set from the settings, to tell it from one that a person chose. */
  | 'title'
  /** The id that the volume of the uploads bears. */
  | 'uploads';

/** The part of pg and knex that is needed here. */
export interface Queryable {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Record<string, unknown>[] }>;
}

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

/** All facts; none in a database that no image has prepared yet. */
export async function readFacts(
  database: Queryable,
): Promise<Partial<Record<Fact, string>>> {
  try {
    const { rows } = await database.query(
      'select key, value from store_meta.kv',
    );
    return Object.fromEntries(rows.map(row => [row.key, row.value]));
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === UNDEFINED_TABLE || code === UNDEFINED_SCHEMA) {
      return {};
    }
    throw error;
  }
}

/** Writes one fact, making the table where the database was prepared the long way. */
export async function writeFact(
  database: Queryable,
  fact: Fact,
  value: string,
): Promise<void> {
  await database.query('create schema if not exists store_meta');
  await database.query(
    'create table if not exists store_meta.kv (key text primary key, value text not null, at timestamptz not null default now())',
  );
  await database.query(
    `insert into store_meta.kv (key, value) values ($1, $2)
     on conflict (key) do update set value = excluded.value, at = now()`,
    [fact, value],
  );
}
