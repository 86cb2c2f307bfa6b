/** What one stage of `npm test` counted. */
export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  /** One entry a failure: the test's full name and, where there is one, its first message. */
  failures: string[];
}

export interface StageContext {
  /** Absolute path of the repository. */
  root: string;
  /** File that takes everything the stage's processes print. */
  logFile: string;
  signal: AbortSignal;
}

export interface TestStage {
  /** Name on the command line: `npm test -- <id>`. */
  id: string;
  title: string;
  /** Stages of the same run that must have ended before, whatever they found. */
  after?: readonly string[];
  /** Where stages run side by side, begun before others: it takes longest, or those wait for it that do. */
  isLong?: boolean;
  run(context: StageContext): Promise<StageResult>;
}

export const nothingCounted: StageResult = {
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
};

export function addResults(results: readonly StageResult[]): StageResult {
  return results.reduce(
    (sum, result) => ({
      passed: sum.passed + result.passed,
      failed: sum.failed + result.failed,
      skipped: sum.skipped + result.skipped,
      failures: [...sum.failures, ...result.failures],
    }),
    nothingCounted,
  );
}
