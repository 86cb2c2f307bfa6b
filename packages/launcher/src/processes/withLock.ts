import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, isError } from '@backstage/errors';
import { processIdentity } from './ProcessRecord';

/** Options of {@link withLock}. */
export interface WithLockOptions {
  path: string;
  signal?: AbortSignal;
  /** Called once when another process holds the lock. */
  onWait?: (pid: number) => void;
}

/** By a link, so that a lock is never seen without its holder. */
async function take(path: string, content: string): Promise<boolean> {
  const own = `${path}.${process.pid}`;
  await writeFile(own, content, { mode: 0o600 });
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (isError(error) && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function readHolder(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

/** Runs a task while no other process does that takes the same lock. One whose holder is gone is taken over. */
export async function withLock<T>(
  options: WithLockOptions,
  task: () => Promise<T>,
): Promise<T> {
  const { path } = options;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const own = `${process.pid} ${await processIdentity(process.pid)}`;
  let told = false;
  while (!(await take(path, own))) {
    options.signal?.throwIfAborted();
    const [pid = '', identity = ''] = (await readHolder(path)).split(' ');
    if (pid === String(process.pid)) {
      throw new ConflictError(`'${path}' is held by this process already`);
    }
    if (identity && (await processIdentity(Number(pid))) !== identity) {
      await rm(path, { force: true });
      continue;
    }
    if (!told && pid) {
      options.onWait?.(Number(pid));
      told = true;
    }
    await sleep(200);
  }
  try {
    return await task();
  } finally {
    await rm(path, { force: true });
  }
}
