import { addResults, StageResult, TestStage } from '../TestStage';
import { runJest } from '../runJest';
import { withPostgres } from '../withPostgres';

export interface CreateSuiteStageOptions {
  id: string;
  title: string;
  after?: readonly string[];
  /** Folders of packages relative to the repository, each with the file name patterns of its suites. */
  suites: ReadonlyArray<{
    workspace: string;
    paths: string[];
    /** Whether they want a PostgreSQL server of their own, which ends with them. */
    postgres?: boolean;
    /** How many of its files run at a time: for those that bring all they need up themselves, and mostly wait. */
    workers?: number;
  }>;
}

/** A stage that runs the suites of some packages one after the other. */
export function createSuiteStage(options: CreateSuiteStageOptions): TestStage {
  return {
    id: options.id,
    title: options.title,
    after: options.after,
    async run(context) {
      const results: StageResult[] = [];
      for (const suite of options.suites) {
        const { workspace, paths, postgres = false, workers = 1 } = suite;
        const run = (env: Record<string, string> = {}) =>
          runJest({
            context,
            workspace,
            paths,
            ignore: ['/node_modules/'],
            ...(workers === 1 ? { inBand: true } : { workers }),
            env,
          });
        results.push(postgres ? await withPostgres(context, run) : await run());
      }
      return addResults(results);
    },
  };
}
