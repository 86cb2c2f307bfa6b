import { addResults, StageResult, TestStage } from '../TestStage';
import { runJest } from '../runJest';
import { withPostgres } from '../withPostgres';

export interface CreateSuiteStageOptions {
  id: string;
  title: string;
  /** Folders of packages relative to the repository, each with the file name patterns of its suites. */
  suites: ReadonlyArray<{
    workspace: string;
    paths: string[];
    /** Whether they want a PostgreSQL server of their own, which ends with them. */
    postgres?: boolean;
  }>;
}

/** A stage that runs the suites of some packages one after the other, each in one process. */
export function createSuiteStage(options: CreateSuiteStageOptions): TestStage {
  return {
    id: options.id,
    title: options.title,
    async run(context) {
      const results: StageResult[] = [];
      for (const { workspace, paths, postgres = false } of options.suites) {
        const run = (env: Record<string, string> = {}) =>
          runJest({
            context,
            workspace,
            paths,
            ignore: ['/node_modules/'],
            inBand: true,
            env,
          });
        results.push(postgres ? await withPostgres(context, run) : await run());
      }
      return addResults(results);
    },
  };
}
