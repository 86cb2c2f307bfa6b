import { addResults, StageResult, TestStage } from '../TestStage';
import { runJest } from '../runJest';

export interface CreateSuiteStageOptions {
  id: string;
  title: string;
  /** Folders of packages relative to the repository, each with the file name patterns of its suites. */
  suites: ReadonlyArray<{ workspace: string; paths: string[] }>;
}

/** A stage that runs the suites of some packages one after the other, each in one process. */
export function createSuiteStage(options: CreateSuiteStageOptions): TestStage {
  return {
    id: options.id,
    title: options.title,
    async run(context) {
      const results: StageResult[] = [];
      for (const { workspace, paths } of options.suites) {
        results.push(
          await runJest({
            context,
            workspace,
            paths,
            ignore: ['/node_modules/'],
            inBand: true,
          }),
        );
      }
      return addResults(results);
    },
  };
}
