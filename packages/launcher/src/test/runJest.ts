import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJestReport } from './jestReport';
import { runLogged } from '../processes/runLogged';
import { StageContext, StageResult } from './TestStage';

export interface RunJestOptions {
  context: StageContext;
  /** Folder of the package relative to the repository; left out: every package. */
  workspace?: string;
  /** Regular expressions on test file paths; left out: all that the plain run takes. */
  paths?: string[];
  /** Regular expressions on test file paths that are left out, instead of the ones in package.json. */
  ignore?: string[];
  /** One file after the other in one process. */
  inBand?: boolean;
  /** So many files at a time, each in a process; as many as jest thinks unless given. */
  workers?: number;
  env?: Record<string, string>;
}

/** Runs jest and counts what it reports; a run that ends without a report is one failure. */
export async function runJest(options: RunJestOptions): Promise<StageResult> {
  const { context, workspace } = options;
  const directory = await mkdtemp(join(tmpdir(), 'storeyard-jest-'));
  const outputFile = join(directory, 'report.json');
  try {
    const args = [
      join(context.root, 'node_modules/.bin/backstage-cli'),
      ...(workspace ? ['package', 'test'] : ['repo', 'test', '--all']),
      '--json',
      // The log shows what each test took.
      '--verbose',
      `--outputFile=${outputFile}`,
      ...(options.inBand ? ['--runInBand'] : []),
      ...(options.workers ? [`--maxWorkers=${options.workers}`] : []),
      ...(options.ignore ?? []).flatMap(pattern => [
        '--testPathIgnorePatterns',
        pattern,
      ]),
      ...(options.paths ?? []).flatMap(pattern => [
        '--testPathPatterns',
        pattern,
      ]),
    ];
    const exitCode = await runLogged(process.execPath, args, {
      cwd: workspace ? join(context.root, workspace) : context.root,
      logFile: context.logFile,
      signal: context.signal,
      env: { CI: 'true', BACKSTAGE_TEST_DISABLE_DOCKER: '1', ...options.env },
    });
    const report = await readFile(outputFile, 'utf8').catch(() => undefined);
    if (report === undefined) {
      return {
        passed: 0,
        failed: 1,
        skipped: 0,
        failures: [
          `jest in '${
            workspace ?? '.'
          }' ended with ${exitCode} and left no report`,
        ],
      };
    }
    const result = readJestReport(JSON.parse(report));
    if (exitCode !== 0 && result.failed === 0) {
      return {
        ...result,
        failed: 1,
        failures: [
          `jest in '${
            workspace ?? '.'
          }' ended with ${exitCode} although no test failed`,
        ],
      };
    }
    if (result.passed + result.failed === 0) {
      return {
        ...result,
        failed: 1,
        failures: [`jest in '${workspace ?? '.'}' found no test`],
      };
    }
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
