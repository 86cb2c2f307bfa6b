import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Options of {@link runLogged}. */
export interface RunLoggedOptions {
  cwd: string;
  /** Added to our own environment. */
  env?: NodeJS.ProcessEnv;
  /** Where the program's output is appended. */
  logFile: string;
  signal?: AbortSignal;
}

/** Runs a program whose output goes to a file. Resolves to its exit code; a signal counts as 1. */
export async function runLogged(
  command: string,
  args: string[],
  options: RunLoggedOptions,
): Promise<number> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', log, log],
      signal: options.signal,
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } finally {
    closeSync(log);
  }
}
