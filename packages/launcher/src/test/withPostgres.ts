import { PostgresServer } from './PostgresServer';
import type { StageContext } from './TestStage';

/** Runs tests beside a private PostgreSQL server, whose address they get in their environment. */
export async function withPostgres<Result>(
  { logFile }: Pick<StageContext, 'logFile'>,
  run: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const server = await PostgresServer.start({ logFile });
  try {
    return await run({
      BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
        server.connectionString,
    });
  } finally {
    await server.stop();
  }
}
