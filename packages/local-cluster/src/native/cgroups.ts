import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the host's cgroups are laid out. */
export interface CgroupLayout {
  /** `v2-systemd`: systemd owns the tree, and the instance gets a scope unit of its own. */
  kind: 'v1' | 'v2' | 'v2-systemd';
  /** The instance's directories: one a hierarchy on v1, a single one on v2. */
  directories: string[];
}

/** The name of an instance's cgroups and of its scope unit. */
export function cgroupName(instance: string): string {
  return `storeyard-${instance}`;
}

/** What the layout depends on; replaced in tests. */
export interface CgroupFacts {
  /** /sys/fs/cgroup is a cgroup2 file system. */
  unified: boolean;
  systemd: boolean;
  /** Text of /proc/self/cgroup. */
  own: string;
}

/** The facts of this host. */
export function readCgroupFacts(): CgroupFacts {
  return {
    unified: existsSync('/sys/fs/cgroup/cgroup.controllers'),
    systemd: existsSync('/run/systemd/system'),
    own: readFileSync('/proc/self/cgroup', 'utf8'),
  };
}

/** Where an instance's cgroups are, or will be. */
export function cgroupLayout(
  instance: string,
  facts: CgroupFacts,
): CgroupLayout {
  const name = cgroupName(instance);
  if (facts.unified && facts.systemd) {
    return {
      kind: 'v2-systemd',
      directories: [`/sys/fs/cgroup/system.slice/${name}.scope`],
    };
  }
  if (facts.unified) {
    return { kind: 'v2', directories: [`/sys/fs/cgroup/${name}`] };
  }
  const directories = facts.own
    .trim()
    .split('\n')
    .map(line => {
      const [, controllers = '', ...path] = line.split(':');
      const hierarchy = controllers.replace(/^name=/, '') || 'unified';
      return join('/sys/fs/cgroup', hierarchy, path.join(':'), name);
    });
  return { kind: 'v1', directories };
}
