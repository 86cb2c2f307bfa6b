import { open, readFile } from 'node:fs/promises';
import { ChildProcess, spawn } from 'node:child_process';

export interface StartProgramOptions {
  name: string;
  command: string;
  args: string[];
  /** Working directory; relative paths in `args` are meant from here. */
  directory: string;
  /** File that takes all that the program prints. */
  logFile: string;
}

/** A long-running program that the kernel ends together with this process, however this process ends. */
export class Program {
  static async start(options: StartProgramOptions): Promise<Program> {
    const log = await open(options.logFile, 'a');
    try {
      const child = spawn(
        'setpriv',
        ['--pdeathsig', 'KILL', options.command, ...options.args],
        {
          cwd: options.directory,
          stdio: ['ignore', log.fd, log.fd],
          env: { PATH: process.env.PATH },
        },
      );
      return new Program(options.name, options.logFile, child);
    } finally {
      await log.close();
    }
  }

  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
  private failure: string | undefined;

  private constructor(
    readonly name: string,
    private readonly logFile: string,
    private readonly child: ChildProcess,
  ) {
    this.ended = new Promise(resolve => {
      child.once('error', error => {
        this.failure = error.message;
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.failure = `it ended with ${signal ?? code}`;
        resolve();
      });
    });
    // Its end is waited for when it is killed only; a caller that forgets to do that can still end.
    child.unref();
  }

  /** Undefined while the program runs. */
  get end(): string | undefined {
    return this.failure;
  }

  /** The last lines that it printed. */
  async lastLines(count = 10): Promise<string> {
    const log = await readFile(this.logFile, 'utf8');
    return log.trimEnd().split('\n').slice(-count).join('\n');
  }

  async kill(): Promise<void> {
    if (this.failure === undefined) {
      this.child.ref();
      this.child.kill('SIGKILL');
    }
    await this.ended;
  }
}
