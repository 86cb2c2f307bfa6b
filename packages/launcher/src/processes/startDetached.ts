import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { processIdentity, ProcessRecord } from './ProcessRecord';

/** Options of {@link startDetached}. */
export interface StartDetachedOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Gets the process's output; the one of the run before is kept as `<logFile>.1`. */
  logFile: string;
  digest: string;
}

function keepPrevious(logFile: string): void {
  try {
    renameSync(logFile, `${logFile}.1`);
  } catch (error) {
    if (!isError(error) || error.code !== 'ENOENT') {
      throw error;
    }
  }
}

/** Starts a program that goes on when we end, in a session of its own, without our terminal. */
export async function startDetached(
  command: string,
  args: string[],
  options: StartDetachedOptions,
): Promise<ProcessRecord> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  keepPrevious(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await once(child, 'spawn');
    child.unref();
    const { pid } = child;
    const identity = pid === undefined ? undefined : await processIdentity(pid);
    if (pid === undefined || identity === undefined) {
      throw new ServiceUnavailableError(
        `'${command}' ended at once. The reason is at the end of '${options.logFile}'`,
      );
    }
    return { pid, identity, digest: options.digest };
  } finally {
    closeSync(log);
  }
}
