import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BootstrapError } from './errors.mjs';
import { findObstacles, wantsNativeCluster } from './obstacles.cjs';
import { root } from './paths.mjs';

function readAvailableMemory() {
  const [, kilobytes] =
    /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ??
    [];
  return Number(kilobytes) * 1024;
}

function readFreeDisk() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

function instanceExists() {
  const state =
    process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const instance = process.env.STOREYARD_INSTANCE || 'local';
  return existsSync(join(state, 'storeyard', instance, 'instance.json'));
}

/** @throws BootstrapError naming all obstacles, before anything is brought. */
export function checkBeforeFirstStart(args) {
  if (
    existsSync(join(root, 'node_modules')) ||
    !wantsNativeCluster(args, instanceExists())
  ) {
    return;
  }
  const isLinux = process.platform === 'linux';
  const obstacles = findObstacles({
    platform: process.platform,
    architecture: process.arch,
    isRoot: process.getuid?.() === 0,
    availableMemory: isLinux ? readAvailableMemory() : Infinity,
    freeDisk: isLinux ? readFreeDisk() : Infinity,
  });
  if (obstacles.length > 0) {
    throw new BootstrapError(obstacles.join('\n'));
  }
}
