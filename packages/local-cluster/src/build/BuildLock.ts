import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { PreparationError } from '../progress';

/** Options of {@link BuildLock.acquire}. */
export interface AcquireBuildLockOptions {
  /** Path of the lock's file. */
  file: string;
  signal?: AbortSignal;
  /** Is told once, after a second, that somebody else has it. */
  onWait?: () => void;
}

const waitNoticeMs = 1_000;

/**
 * Keeps two builds from sharing one cache folder. The kernel holds it for a child that ends with this process,
 * so a killed build leaves no stale lock.
 */
export class BuildLock {
  /**
   * Waits until no other process holds the lock.
   *
   * @throws PreparationError when it can't be held at all
   */
  static async acquire(options: AcquireBuildLockOptions): Promise<BuildLock> {
    const { file, signal } = options;
    signal?.throwIfAborted();
    mkdirSync(dirname(file), { recursive: true });
    const holder = spawn(
      'flock',
      ['--exclusive', file, 'sh', '-c', 'echo held; exec cat'],
      { env: process.env, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const onAbort = () => holder.kill('SIGKILL');
    const notice = setTimeout(() => options.onWait?.(), waitNoticeMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = (reason: string, cause?: unknown) =>
          reject(
            new PreparationError(`can't lock '${file}': ${reason}`, {
              remedy: 'check that flock works: apt-get install util-linux',
              cause,
            }),
          );
        holder.once('error', cause => fail(cause.message, cause));
        holder.once('exit', code => fail(`flock ended with '${code}'`));
        holder.stdout.once('data', () => resolve());
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(notice);
      signal?.removeEventListener('abort', onAbort);
      holder.removeAllListeners();
    }
    return new BuildLock(holder);
  }

  private constructor(private readonly holder: ChildProcess) {}

  /** Lets the next one have it. */
  async release(): Promise<void> {
    if (this.holder.exitCode === null && this.holder.signalCode === null) {
      const exited = once(this.holder, 'exit');
      this.holder.stdin?.end();
      await exited;
    }
  }
}
