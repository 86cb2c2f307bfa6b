import { runJest } from '../runJest';
import { TestStage } from '../TestStage';

/** Suites that need a cluster, an image or a PostgreSQL server have stages of their own. */
export const slowSuites = '\\.(cluster|image|e2e|pack)\\.test\\.tsx?$';
export const databaseSuites =
  'plugins/stores-backend/src/(database|notifications)/|\\.database\\.test\\.tsx?$';

export const unitStage: TestStage = {
  id: 'unit',
  title: 'Unit tests',
  run: context =>
    runJest({
      context,
      ignore: ['/node_modules/', slowSuites, databaseSuites],
    }),
};
