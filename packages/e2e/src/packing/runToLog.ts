import { appendFile } from 'node:fs/promises';
import { execa } from 'execa';

/**
 * Runs a script by the Node that runs this, its whole output in the log.
 *
 * @throws Error with the end of its output if it fails and may not
 */
export async function runToLog(
  logFile: string,
  cwd: string,
  command: readonly string[],
  options: { env?: Record<string, string>; mayFail?: boolean } = {},
): Promise<void> {
  await appendFile(logFile, `$ ${command.join(' ')} (in ${cwd})\n`);
  const result = await execa(process.execPath, command, {
    cwd,
    // A Yarn in CI doesn't write lock files, and a Babel or Backstage under jest takes itself for a test.
    env: { ...options.env, CI: undefined, JEST_WORKER_ID: undefined },
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  await appendFile(logFile, `${result.all}\n`);
  if (result.failed && !options.mayFail) {
    throw new Error(
      `'${command.join(' ')}' ended with '${
        result.exitCode
      }': ${result.all.slice(-2_000)}`,
    );
  }
}
