import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CgroupLayout } from '../cgroups';
import { hasCode } from '../hasCode';
import { until } from '../until';

/** Makes an instance's cgroups; a scope's is made by systemd. */
export function createCgroups({ kind, directories }: CgroupLayout): void {
  if (kind === 'v2-systemd') {
    return;
  }
  if (kind === 'v2') {
    delegateControllers('/sys/fs/cgroup');
  }
  for (const directory of directories) {
    mkdirSync(directory, { recursive: true });
    // A new cpuset is empty, and nothing may run in it.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      if (kind === 'v1' && existsSync(join(directory, file))) {
        writeFileSync(
          join(directory, file),
          readFileSync(join(directory, '..', file)),
        );
      }
    }
  }
}

function delegateControllers(directory: string): void {
  const controllers = readFileSync(
    join(directory, 'cgroup.controllers'),
    'utf8',
  );
  for (const controller of controllers.trim().split(' ')) {
    try {
      writeFileSync(
        join(directory, 'cgroup.subtree_control'),
        `+${controller}`,
      );
    } catch (error) {
      // One that is not to be had is missed later, if it is needed at all, with a message of its own.
      if (!hasCode(error, 'EBUSY', 'EINVAL', 'ENOENT', 'EOPNOTSUPP')) {
        throw error;
      }
    }
  }
}

/** A folder and all below it, the deepest first; any of them may vanish meanwhile. */
export function subdirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .flatMap(({ name }) => subdirectories(join(directory, name)))
      .concat(directory);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENODEV')) {
      return [];
    }
    throw error;
  }
}

/** Host process ids of all that runs in these cgroups and below them: the exact processes of an instance. */
export function cgroupProcesses(directories: string[]): number[] {
  const processes = directories.flatMap(subdirectories).flatMap(directory => {
    try {
      return readFileSync(join(directory, 'cgroup.procs'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(Number);
    } catch (error) {
      // systemd may remove it at the same time; a threaded one can't be read and its parent lists them.
      if (hasCode(error, 'ENOENT', 'ENODEV', 'EOPNOTSUPP')) {
        return [];
      }
      throw error;
    }
  });
  return [...new Set(processes)];
}

/** Removes cgroups that no process is in any more. */
export async function removeCgroups(directories: string[]): Promise<void> {
  await until(
    () => {
      for (const directory of directories.flatMap(subdirectories)) {
        try {
          rmdirSync(directory);
        } catch (error) {
          // The kernel lets go of the last process a moment after it ended.
          if (!hasCode(error, 'EBUSY', 'ENOTEMPTY', 'ENOENT', 'ENODEV')) {
            throw error;
          }
        }
      }
      return directories.every(directory => !existsSync(directory));
    },
    {
      seconds: 10,
      what: `the cgroups '${directories.join("', '")}' to be gone`,
    },
  );
}
