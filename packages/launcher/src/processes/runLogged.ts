import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';

/** Options of {@link runLogged}. */
export interface RunLoggedOptions {
  cwd: string;
  /** Added to our own environment. */
  env?: NodeJS.ProcessEnv;
  /** Where the command and all that it prints is appended. */
  logFile: string;
  /** Ends it, and by force when it takes more than 10 s. */
  signal?: AbortSignal;
}

/** Runs a program whose output goes to a file. Resolves to its exit code; an end by a signal counts as 1. */
export async function runLogged(
  command: string,
  args: string[],
  options: RunLoggedOptions,
): Promise<number> {
  const { cwd, env, logFile, signal } = options;
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  log.write(`$ ${command} ${args.join(' ')}\n`);
  try {
    const child = execa(command, args, {
      cwd,
      env,
      stdin: 'ignore',
      all: true,
      buffer: false,
      reject: false,
      cancelSignal: signal,
      forceKillAfterDelay: 10_000,
    });
    child.all.pipe(log, { end: false });
    const { exitCode } = await child;
    return exitCode ?? 1;
  } finally {
    await new Promise<void>(resolve => log.end(resolve));
  }
}
