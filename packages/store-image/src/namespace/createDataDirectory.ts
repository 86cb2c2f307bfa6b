import { chown, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresUserId } from '@storeyard/postgres-image';
import type { BuildDatabase } from './BuildDatabase';
import { fixControlFile, fixWalSegment } from './fixIdentity';
import type { Sandbox } from './Sandbox';

/** Beyond all that the template's own making wrote, so that its pages are older than the log. */
const FIRST_SEGMENT = '000000010000000000000010';

/**
 * Makes a data directory that holds the schema, for a shop's empty volume to start from. No server runs on it, only
 * single-user mode, and what is drawn by chance is replaced: the same template makes the same bytes.
 */
export async function createDataDirectory(options: {
  sandbox: Sandbox;
  database: BuildDatabase;
  /** Path in the sandbox. */
  directory: string;
  template: string;
}): Promise<void> {
  const { sandbox, database, directory, template } = options;
  await database.initialize(directory);
  await database.singleUser(directory, 'store', template);
  for (const name of ['store', 'postgres', 'template1']) {
    await database.singleUser(directory, name, 'vacuum freeze;');
  }
  await database.requirePasswords(directory);

  const outside = sandbox.path(directory);
  for (const name of await readdir(outside, { recursive: true })) {
    // Caches, and statistics that carry times.
    if (/(^|\/)pg_internal\.init$|^pg_stat\/.|^postmaster\.opts$/.test(name)) {
      await rm(join(outside, name));
    }
  }
  await sandbox.run('pg_resetwal', [
    ...['--next-wal-file', FIRST_SEGMENT, '--pgdata', directory],
  ]);
  await rewrite(join(outside, 'global/pg_control'), fixControlFile);
  const segments = (await readdir(join(outside, 'pg_wal'))).filter(name =>
    /^[0-9A-F]{24}$/.test(name),
  );
  if (segments.length !== 1 || !segments[0]) {
    throw new Error(
      `pg_resetwal left the segments '${segments.join("', '")}', expected one`,
    );
  }
  await rewrite(join(outside, 'pg_wal', segments[0]), fixWalSegment);
  await sandbox.run('pg_controldata', ['--pgdata', directory]);
}

async function rewrite(
  file: string,
  change: (content: Buffer) => Buffer,
): Promise<void> {
  await writeFile(file, change(await readFile(file)));
  await chown(file, postgresUserId, postgresUserId);
}
