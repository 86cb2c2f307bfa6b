import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolchain } from './paths.mjs';

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

// By a link, so that a lock is never seen without its holder.
function take(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Runs the task while no other bootstrap of this checkout does, so that two commands that are started
 * at once don't install into the same folder. A lock whose holder is gone is taken over.
 */
export async function withLock(task) {
  mkdirSync(toolchain, { recursive: true });
  const path = join(toolchain, 'bootstrap.lock');
  let announced = false;
  for (;;) {
    if (take(path)) {
      break;
    }
    const holder = readHolder(path);
    if (holder !== undefined && holder > 0 && !isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!announced) {
      console.log(
        `Another command (process ${holder}) is installing the dependencies; waiting for it. If that is none of ours, delete '${path}'.`,
      );
      announced = true;
    }
    await sleep(300);
  }
  try {
    return await task();
  } finally {
    rmSync(path, { force: true });
  }
}
