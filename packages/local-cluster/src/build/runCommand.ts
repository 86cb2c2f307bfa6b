import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { PreparationError } from '../progress';

/** Options of {@link runCommand}. */
export interface RunCommandOptions {
  command: string;
  args: string[];
  cwd?: string;
  /** The whole environment. Default: this process's. */
  env?: NodeJS.ProcessEnv;
  /** Path of the log that standard error, and standard output unless it is asked for, are added to. */
  log: string;
  /** Ends the command with all that it started. */
  signal?: AbortSignal;
  /** Is told each line of standard error. */
  onErrorLine?: (line: string) => void;
  /** Is told each line of standard output, which then isn't logged. */
  onOutputLine?: (line: string) => void;
  /** Leaves standard error out of the log. */
  quiet?: boolean;
}

const graceMs = 2_000;
const niceness = 5;

function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(existsSync);
}

/**
 * Runs a command to its end, at a low priority, in a process group of its own that an abort ends whole. It
 * doesn't outlive this process, even when that is killed, where util-linux's `setpriv` is there.
 *
 * @throws PreparationError naming the command, its last words and the log
 */
export async function runCommand(options: RunCommandOptions): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log, { flags: 'a' });
  const shown = [options.command, ...options.args].join(' ');
  log.write(`$ ${shown}\n`);

  const keeper = findProgram('setpriv');
  const child = spawn(
    keeper ?? options.command,
    keeper
      ? ['--pdeathsig', 'TERM', '--', options.command, ...options.args]
      : options.args,
    {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const end = (name: NodeJS.Signals) => {
    if (child.pid !== undefined) {
      killGroup(child.pid, name);
    }
  };
  let lastResort: NodeJS.Timeout | undefined;
  const onAbort = () => {
    end('SIGTERM');
    lastResort = setTimeout(() => end('SIGKILL'), graceMs);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (child.pid !== undefined) {
    lowerPriority(child.pid);
  }

  const lastWords: string[] = [];
  const logged = (line: string) => {
    log.write(`${line}\n`);
    if (line.trim()) {
      lastWords.push(line.trim());
      lastWords.splice(0, lastWords.length - 3);
    }
  };
  createInterface({ input: child.stderr }).on('line', line => {
    options.onErrorLine?.(line);
    if (!options.quiet) {
      logged(line);
    }
  });
  createInterface({ input: child.stdout }).on(
    'line',
    options.onOutputLine ?? logged,
  );
  try {
    const outcome = await new Promise<string | undefined>(resolve => {
      child.on('error', error => resolve(error.message));
      child.on('close', (code, name) =>
        resolve(code === 0 ? undefined : `ended with '${code ?? name}'`),
      );
    });
    signal?.throwIfAborted();
    if (outcome) {
      throw new PreparationError(
        `'${shown.slice(0, 200)}' ${outcome}: ${lastWords.join(' | ')}`,
        { remedy: `read the log '${options.log}'` },
      );
    }
  } finally {
    if (signal?.aborted) {
      end('SIGKILL');
    }
    clearTimeout(lastResort);
    signal?.removeEventListener('abort', onAbort);
    await new Promise(resolve => {
      log.end(resolve);
    });
  }
}

function killGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

/** For the whole session too: between sessions Linux goes by the nice value of their groups alone. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // A courtesy: the process may have ended, or the kernel has no such groups.
  }
}
