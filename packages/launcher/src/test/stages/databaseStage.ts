import { runJest } from '../runJest';
import { TestStage } from '../TestStage';
import { PostgresServer } from '../PostgresServer';
import { databaseSuites, slowSuites } from './unitStage';

/** All that keeps something, on SQLite and on a private PostgreSQL that ends with the stage. */
export const databaseStage: TestStage = {
  id: 'database',
  title: 'Repository and migrations on SQLite and PostgreSQL',
  async run(context) {
    const server = await PostgresServer.start({ logFile: context.logFile });
    try {
      return await runJest({
        context,
        ignore: ['/node_modules/', slowSuites],
        paths: [databaseSuites],
        env: {
          BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
            server.connectionString,
        },
      });
    } finally {
      await server.stop();
    }
  },
};
