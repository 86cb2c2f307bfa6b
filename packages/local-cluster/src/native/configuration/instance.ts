import { dirname, join } from 'node:path';
import { InstancePaths } from '../instancePaths';
import { network } from '../network';
import { InstanceProgram, instancePrograms } from './programs';

/** What the program `instance` is started with; its fields are described in go/addons/instance/main.go. */
export interface InstanceConfiguration {
  name: string;
  cgroups: string[];
  unified: boolean;
  forwards: { listen: string; to: string }[];
  root: string;
  binds: { path: string; readOnly: boolean }[];
  private: Record<string, string>;
  sysctls: Record<string, string>;
  shielded: string[];
  shield: string;
  commands: string[][];
  environment: string[];
  path: string;
  logs: string;
  pidFile: string;
  programs: InstanceProgram[];
}

/** Global settings that the kubelet would change for the whole host. */
const shielded = [
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
];

/** The configuration of an instance's first process. */
export function instanceConfiguration(options: {
  paths: InstancePaths;
  instance: string;
  ports: { ingress: number; api: number };
  bin: string;
  cgroups: { directories: string[]; unified: boolean };
}): InstanceConfiguration {
  const { paths, instance, ports, bin, cgroups } = options;
  const inside = (folder: string) => join(paths.inside, folder);
  return {
    name: instance,
    cgroups: cgroups.directories,
    unified: cgroups.unified,
    forwards: [
      {
        listen: `127.0.0.1:${ports.ingress}`,
        to: `${network.ingressAddress}:${network.ingressPort}`,
      },
      {
        listen: `127.0.0.1:${ports.api}`,
        to: `${network.nodeAddress}:${network.apiPort}`,
      },
    ],
    root: paths.root,
    binds: [
      { path: paths.state, readOnly: false },
      { path: dirname(bin), readOnly: true },
    ],
    private: {
      '/var/lib/kubelet': inside('kubelet'),
      '/var/lib/cni': inside('cni'),
    },
    sysctls: { 'net/ipv4/ip_forward': '1' },
    shielded,
    shield: inside('sysctl'),
    commands: [
      ['ip', 'link', 'set', 'lo', 'up'],
      ['ip', 'link', 'add', network.bridge, 'type', 'bridge'],
      [
        ...['ip', 'address', 'add', `${network.nodeAddress}/32`],
        ...['dev', network.bridge],
      ],
      ['ip', 'link', 'set', network.bridge, 'up'],
      // There is no default route: a service's address must be routable before it is translated.
      ['ip', 'route', 'add', network.serviceRange, 'dev', network.bridge],
    ],
    environment: ['HOME=/root', 'LANG=C.UTF-8'],
    path: [bin, '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
    logs: paths.logs,
    pidFile: paths.pid,
    programs: instancePrograms({ paths, node: instance, bin }),
  };
}
