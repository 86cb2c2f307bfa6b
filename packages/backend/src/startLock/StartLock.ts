import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { isError } from '@backstage/errors';
import createKnex, { type Knex } from 'knex';

const againMilliseconds = 500;
const lockName = 'storeyard: start of a replica';

/** What PostgreSQL says when the database isn't there yet. */
const noSuchDatabase = '3D000';

/** Options of {@link StartLock.take}. */
export interface TakeStartLockOptions {
  /** `backend.database`. */
  database: Config;
  logger: LoggerService;
}

/**
 * Held by the one replica that is starting. Replicas that migrate an empty database at the same time leave locks of
 * knex behind that no restart cures. The lock is the database's, and ends with the connection whatever happens to us.
 */
export class StartLock {
  /**
   * Waits until no other replica is starting.
   *
   * @returns undefined where no lock is needed, as on SQLite, or none can be had: on a connection that needs a cloud's
   * own client
   */
  static async take(
    options: TakeStartLockOptions,
  ): Promise<StartLock | undefined> {
    const { database, logger } = options;
    const connection = database.getOptional<string | Knex.PgConnectionConfig>(
      'connection',
    );
    if (database.getString('client') !== 'pg' || connection === undefined) {
      return undefined;
    }
    if (typeof connection === 'object' && 'type' in connection) {
      logger.warn(
        `'backend.database.connection.type' is '${String(
          connection.type,
        )}': start the first replica alone, for the start is not locked`,
      );
      return undefined;
    }
    try {
      return await StartLock.takeOn(connection, logger);
    } catch (error) {
      if (!isError(error) || error.code !== noSuchDatabase) throw error;
      return StartLock.takeOn(withDatabase(connection, 'postgres'), logger);
    }
  }

  private static async takeOn(
    connection: string | Knex.PgConnectionConfig,
    logger: LoggerService,
  ): Promise<StartLock> {
    // One connection, which is never given back: the lock is its.
    const knex = createKnex({
      client: 'pg',
      connection,
      pool: { min: 1, max: 1 },
    });
    try {
      if (!(await tryLock(knex))) {
        logger.info('Another replica is starting: waiting until it has');
        do await sleep(againMilliseconds);
        while (!(await tryLock(knex)));
      }
      return new StartLock(knex);
    } catch (error) {
      await knex.destroy();
      throw error;
    }
  }

  private constructor(private readonly knex: Knex) {}

  /** Lets the next replica start; a second call does nothing. */
  async release(): Promise<void> {
    await this.knex.destroy();
  }
}

/**
 * Asks without waiting, outside of a transaction: a statement that waits, and a transaction that is open, both hold up the
 * `CREATE INDEX CONCURRENTLY` of a migration, which would wait for us while we wait for it.
 */
async function tryLock(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: { free: boolean }[] }>(
    'SELECT pg_try_advisory_lock(hashtext(?)) AS free',
    [lockName],
  );
  return rows.some(({ free }) => free);
}

function withDatabase(
  connection: string | Knex.PgConnectionConfig,
  database: string,
): string | Knex.PgConnectionConfig {
  if (typeof connection !== 'string') {
    return { ...connection, database };
  }
  const url = new URL(connection);
  url.pathname = `/${database}`;
  return url.toString();
}
