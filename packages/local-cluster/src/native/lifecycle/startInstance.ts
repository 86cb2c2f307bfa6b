import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { execa, ExecaError } from 'execa';
import { PreparationError } from '../../progress';
import { cgroupName, CgroupLayout } from '../cgroups';
import { InstancePaths } from '../instancePaths';
import { InstanceRecord } from '../InstanceRecord';
import { createCgroups } from './cgroupDirectories';
import { endInstance } from './instanceProcess';

/** What a command is run with to be in the scope unit of an instance. */
export function scopeCommand(instance: string): string[] {
  return [
    ...['systemd-run', '--scope', '--quiet', '--collect'],
    ...[`--unit=${cgroupName(instance)}.scope`, '--slice=system.slice'],
    ...['-p', 'Delegate=yes', '-p', 'TasksMax=infinity'],
    // A scope has no main process: its signal goes to all of them, databases in pods too. This one is nothing to any
    // but the first process, which then stops the others in order.
    ...['-p', 'KillSignal=SIGWINCH', '-p', 'TimeoutStopSec=60', '--'],
  ];
}

async function systemdRun(instance: string): Promise<string[]> {
  const unit = `${cgroupName(instance)}.scope`;
  // An empty or failed one of that name may be left over; usually there is none.
  await execa('systemctl', ['stop', unit], { reject: false });
  await execa('systemctl', ['reset-failed', unit], { reject: false });
  return scopeCommand(instance);
}

/** Which cgroup directories the first process has to enter by itself: a scope is entered by systemd-run. */
export function enteredCgroups(layout: CgroupLayout): string[] {
  return layout.kind === 'v2-systemd' ? [] : layout.directories;
}

/**
 * Starts the instance's first process and returns when it has its namespaces, its root, its network and its ports.
 * The record must name its cgroups, so that it is found again whatever happens to us.
 */
export async function startInstance(options: {
  paths: InstancePaths;
  record: InstanceRecord;
  cgroups: CgroupLayout;
  bin: string;
}): Promise<void> {
  const { paths, record, cgroups, bin } = options;
  for (const directory of [
    paths.logs,
    paths.volumes,
    paths.podLogs,
    paths.etcd,
    paths.kubelet,
  ]) {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
  }
  rmSync(paths.pid, { force: true });
  const wrapper =
    cgroups.kind === 'v2-systemd' ? await systemdRun(record.instance) : [];
  const [command = '', ...args] = [
    ...wrapper,
    ...[join(bin, 'instance'), 'start', paths.instanceConfiguration],
  ];
  try {
    createCgroups(cgroups);
    // The instance's cgroup namespace belongs to no terminal: it outlives this process.
    await execa(command, args, { stdin: 'ignore' });
  } catch (error) {
    await endInstance({ paths, record, orderly: false });
    throw startError(error, record, paths);
  }
}

function startError(
  error: unknown,
  record: InstanceRecord,
  paths: InstancePaths,
): Error {
  const text = error instanceof ExecaError ? String(error.stderr) : '';
  const port = /listen tcp 127\.0\.0\.1:(\d+): .*address already in use/.exec(
    text,
  )?.[1];
  if (port) {
    return new ConflictError(portTakenMessage(Number(port), record.instance));
  }
  return new PreparationError(
    `the instance '${record.instance}' could not be started: ${
      text.trim() || String(error)
    }`,
    { remedy: `read ${join(paths.logs, 'instance.log')}`, cause: error },
  );
}

/** One line for a chosen port that somebody else has by now. */
export function portTakenMessage(port: number, instance: string): string {
  return `port ${port}, which instance '${instance}' has had since it was made, is taken by another program: stop that one (see \`ss -ltnp 'sport = :${port}'\`), or delete the instance to have a port chosen anew`;
}
