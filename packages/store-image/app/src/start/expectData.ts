import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { type Fact, writeFact } from '../database/facts';

const MARKER = '.store-volume';

/** Since when the store has data, as the platform says; undefined while it may start on nothing. */
export function hasDataSince(
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return env.STORE_HAS_DATA_SINCE || undefined;
}

/**
 * A shop that has been set up keeps that fact in its database: without it this is an empty one in the old one's place.
 *
 * @throws when there should be data and is none
 */
export function expectShopData(
  facts: Partial<Record<Fact, string>>,
  since: string | undefined,
): void {
  if (since && facts.settings === undefined) {
    throw new Error(
      `DataLost: no shop was ever set up in this database, and the store has had data since ${since}`,
    );
  }
}

/**
 * Database and uploads know each other by an id that both keep. Written where it is missing and may be.
 *
 * @throws when the uploads are not those that belong to the database
 */
export async function expectUploads(options: {
  database: Client;
  facts: Partial<Record<Fact, string>>;
  directory: string;
  since: string | undefined;
}): Promise<void> {
  const { database, facts, since } = options;
  const file = join(options.directory, MARKER);
  const expected = facts.uploads;
  const found = readMarker(file);
  if (expected !== undefined && found === expected) {
    return;
  }
  if (since && expected !== undefined) {
    throw new Error(
      `DataLost: the uploads' volume has the mark '${found}' in '${MARKER}', expected '${expected}', and the store has had data since ${since}`,
    );
  }
  const id = expected ?? found ?? randomUUID();
  writeFileSync(file, `${id}\n`);
  await writeFact(database, 'uploads', id);
}

function readMarker(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
