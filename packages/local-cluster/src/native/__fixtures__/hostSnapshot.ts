import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupName } from '../cgroups';
import { subdirectories } from '../lifecycle/cgroupDirectories';

function lines(command: string, args: string[]): string[] {
  return execFileSync(command, args, { encoding: 'utf8' })
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .sort();
}

function cgroupsOf(instance: string): string[] {
  const name = cgroupName(instance);
  return subdirectories('/sys/fs/cgroup')
    .filter(path => path.split('/').some(part => part.startsWith(name)))
    .sort();
}

/** Processes that have the instance's state on their command line, or one of its cgroups. */
function processesOf(instance: string, state: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap(pid => {
      try {
        const text = (file: string) =>
          readFileSync(join('/proc', pid, file), 'utf8');
        const isOurs =
          text('cgroup').includes(`/${cgroupName(instance)}`) ||
          text('cmdline').includes(`${state}/`);
        // One that has ended waits for the host's init to ask for it.
        const hasEnded = /^State:\s+Z/m.test(text('status'));
        return isOurs && !hasEnded ? [text('comm').trim()] : [];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

/** All that an instance could leave on its host. */
export function hostSnapshot(instances: { name: string; state: string }[]) {
  return {
    links: lines('ip', ['-brief', 'link']).map(line => line.split(/\s/)[0]),
    routes: lines('ip', ['route']),
    networkNamespaces: lines('ip', ['netns', 'list']),
    tables: lines('nft', ['list', 'tables']),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter(line => instances.some(({ state }) => line.includes(state))),
    cgroups: instances.flatMap(({ name }) => cgroupsOf(name)),
    processes: instances.flatMap(({ name, state }) => processesOf(name, state)),
    folders: instances.filter(({ state }) => existsSync(state)),
    scopes: existsSync('/run/systemd/system')
      ? lines('systemctl', [
          ...['list-units', '--all', '--plain', '--no-legend'],
          ...instances.map(({ name }) => `${cgroupName(name)}.scope`),
        ])
      : [],
    sysctls: [
      'net/ipv4/ip_forward',
      'vm/overcommit_memory',
      'vm/panic_on_oom',
      'kernel/panic',
      'kernel/panic_on_oops',
      'kernel/keys/root_maxkeys',
      'fs/inotify/max_user_instances',
    ].map(key => `${key}=${readFileSync(`/proc/sys/${key}`, 'utf8').trim()}`),
  };
}
