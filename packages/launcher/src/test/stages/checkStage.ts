import { join } from 'node:path';
import { runLogged } from '../../processes/runLogged';
import { StageResult, TestStage } from '../TestStage';

const checks: Array<{ title: string; bin: string; args: string[] }> = [
  { title: 'types', bin: 'tsc', args: [] },
  { title: 'lint', bin: 'backstage-cli', args: ['repo', 'lint'] },
  { title: 'format', bin: 'prettier', args: ['--check', '.'] },
  {
    title: 'manifests',
    bin: 'backstage-cli',
    args: ['repo', 'fix', '--publish', '--check'],
  },
  {
    // Of the declarations that the types' check has written.
    title: "API reports, which 'yarn api-reports' renews,",
    bin: 'backstage-repo-tools',
    args: [
      ...['api-reports', '--ci', '--include', 'plugins/*-*'],
      ...['--omit-messages', 'ae-undocumented,ae-wrong-input-file-type'],
    ],
  },
];

/** Each counts as one. */
export const checkStage: TestStage = {
  id: 'check',
  title: 'Types, lint, format, manifests and API reports',
  async run(context): Promise<StageResult> {
    const failures: string[] = [];
    for (const check of checks) {
      const exitCode = await runLogged(
        process.execPath,
        [join(context.root, 'node_modules/.bin', check.bin), ...check.args],
        {
          cwd: context.root,
          logFile: context.logFile,
          signal: context.signal,
        },
      );
      if (exitCode !== 0) {
        failures.push(`${check.title} ended with ${exitCode}`);
      }
    }
    return {
      passed: checks.length - failures.length,
      failed: failures.length,
      skipped: 0,
      failures,
    };
  },
};
