import type { Client } from 'pg';
import { readFacts, writeFact } from '../database/facts';
import { expectShopData, hasDataSince } from './expectData';
import { log } from './log';
import { runMedusa } from './runMedusa';
import type { SchemaTemplate } from './SchemaTemplate';

const LOCK = 715_516;

/**
 * Brings the database to this image's schema, one process at a time: nothing where its marker is this image's, the
 * template where it is empty, and Medusa's own migrations everywhere else.
 *
 * @returns the facts that the database then holds
 */
export async function prepareDatabase(
  client: Client,
  template: SchemaTemplate,
) {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  const before = await readFacts(client);
  expectShopData(before, hasDataSince());
  if (before.schema === template.digest) {
    log('database is prepared');
    return before;
  }
  if (template.isAvailable && (await isEmpty(client))) {
    // One transaction, the marker included: all of it or nothing.
    await client.query(`begin; ${template.sql()}; commit`);
    await client.query('set search_path to public');
    log('database filled from the template');
  } else {
    log('database takes the long way', { marker: before.schema ?? 'none' });
    await runMedusa('db:migrate', '--skip-scripts', '--execute-safe-links');
    await runMedusa('db:migrate:scripts');
    await writeFact(client, 'schema', template.digest);
    log('database migrated');
  }
  const after = await readFacts(client);
  if (after.schema !== template.digest) {
    throw new Error(
      `The image's template made the schema '${after.schema}', expected '${template.digest}'`,
    );
  }
  return after;
}

async function isEmpty(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ tables: number }>(
    `select count(*)::int as tables from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  return rows[0]?.tables === 0;
}
