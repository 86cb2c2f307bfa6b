import { readFileSync } from 'node:fs';
import { ConflictError } from '@backstage/errors';
import { cgroupName, CgroupLayout } from '../cgroups';
import { hasCode } from '../hasCode';
import { InstancePaths } from '../instancePaths';
import { InstanceRecord } from '../InstanceRecord';
import { until } from '../until';
import { cgroupProcesses, removeCgroups } from './cgroupDirectories';

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) {
      throw error;
    }
  }
}

function recordedProcess(paths: InstancePaths): number | undefined {
  try {
    return Number(readFileSync(paths.pid, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** All processes of an instance, by their ids on the host. */
export function instanceProcesses(record: InstanceRecord): number[] {
  return record.cgroups ? cgroupProcesses(record.cgroups.directories) : [];
}

/** The first process of an instance while it runs. A process that merely got its id later is in no cgroup of ours. */
export function firstProcess(
  paths: InstancePaths,
  record: InstanceRecord,
): number | undefined {
  const pid = recordedProcess(paths);
  return pid !== undefined && instanceProcesses(record).includes(pid)
    ? pid
    : undefined;
}

/**
 * Nobody else's processes are joined, and ended with ours later: those of an instance of the same name whose state is
 * another, or was removed while it ran.
 *
 * @throws ConflictError that names them and the way out
 */
export function refuseForeignProcesses(options: {
  paths: InstancePaths;
  instance: string;
  cgroups: CgroupLayout;
}): void {
  const { paths, instance, cgroups } = options;
  const found = cgroupProcesses(cgroups.directories);
  if (found.length > 0) {
    const end =
      cgroups.kind === 'v2-systemd'
        ? `systemctl stop ${cgroupName(instance)}.scope`
        : `kill -9 ${found.join(' ')}`;
    throw new ConflictError(
      `an instance '${instance}' runs whose state isn't '${paths.state}': take another name (--instance), or end that one (\`${end}\`)`,
    );
  }
}

const stopSeconds = 90;

/** Ends an instance: in order when its first process can, else at once; then its cgroups go. */
export async function endInstance(options: {
  paths: InstancePaths;
  record: InstanceRecord;
  orderly: boolean;
}): Promise<void> {
  const { paths, record, orderly } = options;
  const gone = () => instanceProcesses(record).length === 0;
  const first = firstProcess(paths, record);
  if (first !== undefined && orderly) {
    signal(first, 'SIGTERM');
    const deadline = Date.now() + stopSeconds * 1000;
    await until(() => gone() || Date.now() > deadline, {
      seconds: stopSeconds + 5,
      what: `the instance '${record.instance}' to stop`,
    });
  }
  // Without its first process the kernel ends the whole process namespace.
  if (first !== undefined && !gone()) {
    signal(first, 'SIGKILL');
  }
  await until(
    () => {
      const left = instanceProcesses(record);
      if (first === undefined || !left.includes(first)) {
        left.forEach(pid => signal(pid, 'SIGKILL'));
      }
      return left.length === 0;
    },
    {
      seconds: 30,
      what: `the processes of instance '${record.instance}' to end`,
      found: () => `processes ${instanceProcesses(record).join(', ')}`,
    },
  );
  if (record.cgroups) {
    await removeCgroups(record.cgroups.directories);
  }
}
