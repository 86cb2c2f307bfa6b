import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Options of {@link runForeground}. */
export interface RunForegroundOptions {
  cwd?: string;
  /** Added to our own environment. */
  env?: NodeJS.ProcessEnv;
}

const forwarded: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with our terminal and passes signals on to it.
 * Resolves to its exit code; after a signal to 128 and the signal's number, as shells do.
 */
export async function runForeground(
  command: string,
  args: string[],
  options: RunForegroundOptions = {},
): Promise<number> {
  const child = spawn(command, args, {
    stdio: 'inherit',
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends Ctrl-C to the whole group, the child included.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) {
      child.kill(signal);
    }
  };
  forwarded.forEach(signal => process.on(signal, forward));
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) =>
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
  } finally {
    forwarded.forEach(signal => process.off(signal, forward));
  }
}
