import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  statfsSync,
} from 'node:fs';
import { arch } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { hasCode } from '../native/hasCode';
import { isPortFree } from '../native/choosePorts';
import { DiskFacts, MachineFacts } from './MachineFacts';
import { neededPrograms } from './neededPrograms';
import { tryKernelFeatures } from './tryKernelFeatures';

// From linux/magic.h.
const overlayMagic = 0x794c7630;
const nfsMagic = 0x6969;

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'EROFS', 'ENOTDIR')) {
      return false;
    }
    throw error;
  }
}

/** PATH with the folders of system programs, which `su` without a dash leaves out. */
export function systemPath(path = process.env.PATH): string {
  return [path, '/usr/sbin', '/usr/bin', '/sbin', '/bin']
    .filter(Boolean)
    .join(delimiter);
}

function hasProgram(name: string): boolean {
  return systemPath()
    .split(delimiter)
    .some(folder => isAccessible(join(folder, name), constants.X_OK));
}

function readDisk(directory: string): DiskFacts {
  let existing = directory;
  while (!existsSync(existing)) {
    existing = dirname(existing);
  }
  const { bavail, bsize, type } = statfsSync(existing);
  return {
    directory,
    free: bavail * bsize,
    isStackable: type !== overlayMagic && type !== nfsMagic,
  };
}

function readAvailableMemory(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  return Number(/^MemAvailable:\s*(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}

function readCgroup(): MachineFacts['cgroup'] {
  const root = '/sys/fs/cgroup';
  const isUnified = existsSync(join(root, 'cgroup.controllers'));
  const own = readFileSync('/proc/self/cgroup', 'utf8');
  const controllers = isUnified
    ? readFileSync(join(root, 'cgroup.controllers'), 'utf8').trim().split(' ')
    : own.split('\n').flatMap(line => (line.split(':')[1] ?? '').split(','));
  return {
    version: isUnified ? 'v2' : 'v1',
    controllers,
    writable: isAccessible(
      isUnified ? root : join(root, 'memory'),
      constants.W_OK,
    ),
    systemd: existsSync('/run/systemd/system') && hasProgram('systemd-run'),
    // Only the root of the whole tree has no cgroup.events.
    isOccupied:
      isUnified &&
      existsSync(join(root, 'cgroup.events')) &&
      readFileSync(join(root, 'cgroup.procs'), 'utf8').trim() !== '',
  };
}

async function findTakenPorts(ports: number[]): Promise<number[]> {
  const free = await Promise.all(ports.map(isPortFree));
  return ports.filter((_, index) => !free[index]);
}

/** Options of {@link readMachineFacts}. */
export interface ReadMachineFactsOptions {
  /** State directory of the instance. */
  state: string;
  /** The instance's ports, when it has chosen them. */
  ports: number[];
  isRunning: boolean;
}

/** Looks at this machine; changes nothing. */
export async function readMachineFacts(
  options: ReadMachineFactsOptions,
): Promise<MachineFacts> {
  const { state, ports, isRunning } = options;
  const isLinux = process.platform === 'linux';
  const isRoot = process.getuid?.() === 0;
  const missingPrograms = Object.keys(neededPrograms).filter(
    name => !hasProgram(name),
  );
  const canTry = isLinux && isRoot && missingPrograms.length === 0;
  return {
    platform: process.platform,
    architecture: arch(),
    isRoot,
    isRunning,
    missingPrograms,
    canInstall: hasProgram('apt-get'),
    availableMemory: isLinux ? readAvailableMemory() : 0,
    state: readDisk(state),
    cgroup: isLinux
      ? readCgroup()
      : {
          ...{ version: 'v2', controllers: [], writable: false },
          ...{ systemd: false, isOccupied: false },
        },
    takenPorts: isRunning ? [] : await findTakenPorts(ports),
    refusedFeatures:
      canTry && !isRunning ? await tryKernelFeatures(systemPath()) : [],
  };
}
