import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa, type ResultPromise } from 'execa';

/** Keeps two builds from sharing a folder. The kernel holds it for a child that ends with this process. */
export class BuildLock {
  /** Waits until no other process holds the lock. */
  static async acquire(options: {
    file: string;
    signal?: AbortSignal;
  }): Promise<BuildLock> {
    await mkdir(dirname(options.file), { recursive: true });
    const holder = execa(
      'flock',
      ['--exclusive', options.file, 'sh', '-c', 'echo held; exec cat'],
      { stdin: 'pipe', cancelSignal: options.signal, buffer: false },
    );
    const ended = holder.then(
      () => undefined,
      (error: Error) => error,
    );
    const held = await Promise.race([
      once(holder.stdout, 'data').then(() => true),
      ended.then(() => false),
    ]);
    if (!held) {
      options.signal?.throwIfAborted();
      throw new Error(`'${options.file}' can't be locked`, {
        cause: await ended,
      });
    }
    return new BuildLock(holder, ended);
  }

  private constructor(
    private readonly holder: ResultPromise,
    private readonly ended: Promise<unknown>,
  ) {}

  async release(): Promise<void> {
    this.holder.stdin?.end();
    await this.ended;
  }
}
