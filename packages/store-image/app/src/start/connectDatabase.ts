import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseConnection } from '../database/connection';
import { log } from './log';

const DEADLINE_MS = 300_000;
const INTERVAL_MS = 50;

/** Waiting doesn't help: wrong password, no such database, no such role or no permission to connect. */
const HOPELESS = new Set(['28P01', '28000', '3D000', '42501']);

/**
 * Connects as soon as PostgreSQL takes connections.
 *
 * @throws what PostgreSQL said, at once when it can't heal by waiting and else after five minutes
 */
export async function connectDatabase(): Promise<Client> {
  const connection = databaseConnection();
  const deadline = Date.now() + DEADLINE_MS;
  for (let attempt = 1; ; attempt++) {
    const client = new Client({ ...connection, connectionTimeoutMillis: 1000 });
    // A lost connection shows as the failure of the query that needs it.
    client.on('error', error => log(`database connection: ${error.message}`));
    try {
      await client.connect();
      log('database reached', { attempt });
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = (error as { code?: string }).code ?? '';
      if (HOPELESS.has(code) || Date.now() > deadline) {
        throw error;
      }
      await sleep(INTERVAL_MS);
    }
  }
}
