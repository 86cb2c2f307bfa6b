import { join } from 'node:path';
import { addResults, StageResult, TestStage } from './TestStage';

export interface RunStagesOptions {
  stages: readonly TestStage[];
  root: string;
  /** Folder that takes one log a stage. */
  logDirectory: string;
  signal: AbortSignal;
  print: (line: string) => void;
  /** Milliseconds; a monotonic clock. */
  now?: () => number;
}

export function describeDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(
        2,
        '0',
      )} s`;
}

/** A stage that throws counts as one failure and does not keep the later ones from running. */
async function runStage(
  stage: TestStage,
  options: RunStagesOptions,
  logFile: string,
): Promise<StageResult> {
  try {
    return await stage.run({
      root: options.root,
      logFile,
      signal: options.signal,
    });
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [`stage '${stage.id}' broke off: ${error}`],
    };
  }
}

/**
 * Runs the stages in order, prints a line for each and closes with the line `N passed, N failed`
 * (`, N skipped` where some were), which adds up every runner.
 */
export async function runStages(
  options: RunStagesOptions,
): Promise<StageResult> {
  const { stages, print, now = () => performance.now() } = options;
  const results: StageResult[] = [];
  const begin = now();
  for (const [index, stage] of stages.entries()) {
    if (options.signal.aborted) {
      results.push({
        passed: 0,
        failed: 1,
        skipped: 0,
        failures: [`stage '${stage.id}' was not run: interrupted`],
      });
      break;
    }
    const logFile = join(options.logDirectory, `${stage.id}.log`);
    const position = `[${index + 1}/${stages.length}]`;
    print(`${position} ${stage.title} …`);
    const stageBegin = now();
    const result = await runStage(stage, options, logFile);
    results.push(result);
    const duration = describeDuration(now() - stageBegin);
    print(
      `${position} ${stage.title}: ${result.failed ? 'FAILED' : 'ok'}, ` +
        `${result.passed} of ${
          result.passed + result.failed
        } passed in ${duration}`,
    );
    for (const failure of result.failures) {
      print(`    ✗ ${failure}`);
    }
    if (result.failed) {
      print(`    log: ${logFile}`);
    }
  }
  const total = addResults(results);
  print(`All stages in ${describeDuration(now() - begin)}`);
  print(
    `${total.passed} passed, ${total.failed} failed${
      total.skipped ? `, ${total.skipped} skipped` : ''
    }`,
  );
  return total;
}
