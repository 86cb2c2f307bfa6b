import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ForwardedError } from '@backstage/errors';
import { execa } from 'execa';

/** Options of {@link runLogged}. */
export interface RunLoggedOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Added to this process's environment. */
  env?: Record<string, string>;
  /** Path of the log that all output is added to. */
  log: string;
  /** Is told each line of standard output. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

const LAST_LINES = 5;

/**
 * Runs a command to its end. It doesn't outlive this process, however that ends.
 *
 * @throws ForwardedError with the command's last lines and the log's path
 */
export async function runLogged(options: RunLoggedOptions): Promise<void> {
  const { command, args, log, onLine, signal } = options;
  signal?.throwIfAborted();
  await mkdir(dirname(log), { recursive: true });
  const shown = [command, ...args].join(' ').slice(0, 200);
  await appendFile(log, `$ ${shown}\n`);
  const child = execa(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', command, ...args],
    {
      cwd: options.cwd,
      env: options.env,
      stdin: 'ignore',
      stdout: [{ file: log, append: true }, 'pipe'],
      stderr: [{ file: log, append: true }, 'pipe'],
      buffer: false,
      cancelSignal: signal,
    },
  );
  const lastLines: string[] = [];
  const keep = (line: string) => {
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - LAST_LINES);
  };
  const follow = async (from: 'stdout' | 'stderr') => {
    for await (const line of child.iterable({ from })) {
      keep(String(line));
      if (from === 'stdout') {
        onLine?.(String(line));
      }
    }
  };
  try {
    await Promise.all([child, follow('stdout'), follow('stderr')]);
  } catch (error) {
    signal?.throwIfAborted();
    throw new ForwardedError(
      `'${shown}' failed: ${lastLines.join(' | ')} (log: '${log}')`,
      error,
    );
  }
}
