import { join } from 'node:path';
import { addResults, StageResult, TestStage } from './TestStage';

export interface RunStagesOptions {
  stages: readonly TestStage[];
  root: string;
  /** Folder that takes one log a stage. */
  logDirectory: string;
  signal: AbortSignal;
  print: (line: string) => void;
  /** How many stages run at a time; one after the other unless given. */
  lanes?: number;
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

/** What a stage that is not begun any more counts as. */
function interrupted({ id }: TestStage): StageResult {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    failures: [`stage '${id}' was not run: interrupted`],
  };
}

/**
 * Runs the stages, as many at a time as there are lanes: each lane takes the first one in order that waits for no
 * other, long ones before the rest. Prints a line for each and closes with the line `N passed, N failed` (`, N skipped` where some were), which
 * adds up every runner.
 */
export async function runStages(
  options: RunStagesOptions,
): Promise<StageResult> {
  const { stages, print, lanes = 1, now = () => performance.now() } = options;
  const begin = now();
  const results = new Map<TestStage, StageResult>();
  const left = [...stages];
  const running = new Map<TestStage, Promise<void>>();

  const perform = async (stage: TestStage): Promise<void> => {
    const position = `[${stages.indexOf(stage) + 1}/${stages.length}]`;
    const logFile = join(options.logDirectory, `${stage.id}.log`);
    print(`${position} ${stage.title} …`);
    const stageBegin = now();
    const result = await runStage(stage, options, logFile);
    results.set(stage, result);
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
  };

  const isFree = ({ after = [] }: TestStage): boolean =>
    ![...left, ...running.keys()].some(({ id }) => after.includes(id));

  while (left.length > 0 && !options.signal.aborted) {
    const free = running.size < lanes ? left.filter(isFree) : [];
    const next = (lanes > 1 && free.find(({ isLong }) => isLong)) || free[0];
    if (next) {
      left.splice(left.indexOf(next), 1);
      running.set(
        next,
        perform(next).finally(() => running.delete(next)),
      );
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      throw new Error(
        `stages that wait for each other: '${left
          .map(({ id }) => id)
          .join("', '")}'`,
      );
    }
  }
  await Promise.all(running.values());
  if (left[0]) {
    results.set(left[0], interrupted(left[0]));
  }

  const total = addResults(stages.flatMap(stage => results.get(stage) ?? []));
  print(`All stages in ${describeDuration(now() - begin)}`);
  print(
    `${total.passed} passed, ${total.failed} failed${
      total.skipped ? `, ${total.skipped} skipped` : ''
    }`,
  );
  return total;
}
