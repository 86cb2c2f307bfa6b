import { runJest } from '../runJest';
import { TestStage } from '../TestStage';
import { withPostgres } from '../withPostgres';
import { databaseSuites, slowSuites } from './unitStage';

/** All that keeps something, on SQLite and on a private PostgreSQL that ends with the stage. */
export const databaseStage: TestStage = {
  id: 'database',
  title: 'Repository and migrations on SQLite and PostgreSQL',
  run: context =>
    withPostgres(context, env =>
      runJest({
        context,
        ignore: ['/node_modules/', slowSuites],
        paths: [databaseSuites],
        env,
      }),
    ),
};
