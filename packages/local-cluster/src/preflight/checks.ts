import { MachineFacts } from './MachineFacts';
import { packagesOf } from './neededPrograms';

/** One thing that stands in the way, and what a person can do about it. */
export interface PreflightProblem {
  id: string;
  /** What is wrong: what was wanted and what was found. */
  problem: string;
  /** What to do, a command where there is one. */
  remedy: string;
}

type Check = (facts: MachineFacts) => Omit<PreflightProblem, 'id'> | undefined;

/** Bytes that have to be available before an instance starts. */
export const neededMemory = 2.5e9;

/** Bytes that an instance's state may grow by before anybody should notice. */
export const neededDisk = 3e9;

const otherCluster = 'use a cluster of your own: --context <name>';

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

const checks: Record<string, Check> = {
  system: ({ platform, architecture }) =>
    platform === 'linux' && architecture === 'x64'
      ? undefined
      : {
          problem: `the native cluster wants 'linux-x64', this is '${platform}-${architecture}'`,
          remedy: otherCluster,
        },
  root: ({ isRoot }) =>
    isRoot
      ? undefined
      : {
          problem:
            'the native cluster makes namespaces and cgroups, which wants root',
          remedy: `run it with sudo, or ${otherCluster}`,
        },
  programs: ({ missingPrograms, canInstall, isRoot }) =>
    missingPrograms.length === 0 || (canInstall && isRoot)
      ? undefined
      : {
          problem: `these programs are missing: ${missingPrograms.join(', ')}`,
          remedy: `apt-get install ${packagesOf(missingPrograms).join(
            ' ',
          )}, or your distribution's packages of the same`,
        },
  memory: ({ availableMemory, isRunning }) =>
    isRunning || availableMemory >= neededMemory
      ? undefined
      : {
          problem: `the cluster and a store want ${gigabytes(
            neededMemory,
          )} of memory, ${gigabytes(availableMemory)} are available`,
          remedy: 'end other programs, or take a larger machine',
        },
  disk: ({ state }) =>
    state.free >= neededDisk
      ? undefined
      : {
          problem: `the state at '${state.directory}' wants ${gigabytes(
            neededDisk,
          )} free, ${gigabytes(state.free)} are`,
          remedy: 'free some space, or point XDG_STATE_HOME to another disk',
        },
  fileSystem: ({ state }) =>
    state.isStackable
      ? undefined
      : {
          problem: `containers' layers can't be stacked on the file system of '${state.directory}' (an overlay or NFS)`,
          remedy:
            'point XDG_STATE_HOME to a folder on ext4, xfs or btrfs; in a container, to a volume',
        },
  cgroupControllers: ({ cgroup: { version, controllers } }) => {
    const wanted = ['cpu', 'cpuset', 'memory', 'pids'];
    const missing = wanted.filter(name => !controllers.includes(name));
    return missing.length === 0
      ? undefined
      : {
          problem: `the cgroup controllers ${missing.join(
            ', ',
          )} are missing (cgroup ${version})`,
          remedy:
            "take 'cgroup_disable=' off the kernel's command line, or add 'cgroup_enable=memory', and reboot",
        };
  },
  cgroupTree: ({ cgroup: { version, writable, systemd, isOccupied } }) => {
    if (!writable) {
      return {
        problem: '/sys/fs/cgroup is read-only',
        remedy:
          'run on the host, or in a container that is privileged and has its own cgroup namespace',
      };
    }
    return version === 'v2' && !systemd && isOccupied
      ? {
          problem:
            "this container's cgroup holds processes, so that none below it can have limits (cgroup v2 without systemd)",
          remedy: `run on the host, or ${otherCluster}`,
        }
      : undefined;
  },
  kernel: ({ refusedFeatures }) =>
    refusedFeatures.length === 0
      ? undefined
      : {
          problem: `the kernel refused: ${refusedFeatures.join(', ')}`,
          remedy:
            'reboot if the kernel was upgraded since (its modules are gone), or load the modules bridge, veth, overlay, nf_tables and nft_masq by modprobe',
        },
  ports: ({ takenPorts, isRunning }) =>
    isRunning || takenPorts.length === 0
      ? undefined
      : {
          problem: `port ${takenPorts.join(
            ' and ',
          )}, which the instance has had since it was made, is taken by another program`,
          remedy: `stop that one (\`ss -ltnp 'sport = :${takenPorts[0]}'\` names it), or delete the instance to have ports chosen anew`,
        },
};

/** All that stands in the way, in the order in which one would care. Looks only at the facts. */
export function checkMachine(facts: MachineFacts): PreflightProblem[] {
  return Object.entries(checks).flatMap(([id, check]) => {
    const found = check(facts);
    return found ? [{ id, ...found }] : [];
  });
}
