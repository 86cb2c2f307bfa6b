import { join } from 'node:path';
import { InstancePaths } from '../instancePaths';
import { network, sockets } from '../network';

/** Says that a program is ready: a URL that answers 200, or a socket that can be dialled. */
export interface ReadinessProbe {
  url?: string;
  /** File with the authority that the URL's certificate is checked against. */
  ca?: string;
  socket?: string;
}

/** A program that the first process keeps running. */
export interface InstanceProgram {
  name: string;
  command: string[];
  /** A step that is repeated until it succeeds, and not a process to keep. */
  once?: boolean;
  /** Programs that must have been ready once before. */
  after?: string[];
  ready?: ReadinessProbe;
  /** Run when the program was stopped in an orderly stop. */
  afterStop?: string[];
}

const days = 7;

function flags(values: Record<string, string | number | boolean>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

/** All programs of an instance, in the order of their start; they are stopped in the reverse order. */
export function instancePrograms(options: {
  paths: InstancePaths;
  node: string;
  /** Folder of the built programs. */
  bin: string;
}): InstanceProgram[] {
  const { paths, node, bin } = options;
  const program = (name: string) => join(bin, name);
  const kube = (name: string) => [program('kube'), name];
  const key = (file: string) => join(paths.keys, file);
  const etcd = `https://127.0.0.1:${network.etcdPort}`;
  const etcdPeer = `http://127.0.0.1:${network.etcdPeerPort}`;
  const component = (user: string) => {
    const kubeconfig = paths.kubeconfig(user);
    return {
      kubeconfig,
      'authentication-kubeconfig': kubeconfig,
      'authorization-kubeconfig': kubeconfig,
      'bind-address': '127.0.0.1',
      'leader-elect': false,
      profiling: false,
    };
  };
  return [
    {
      name: 'containerd',
      command: [
        program('containerd'),
        '-c',
        paths.configurationFile('containerd.toml'),
      ],
      ready: { socket: sockets.containerd },
    },
    {
      name: 'etcd',
      command: [
        ...kube('etcd'),
        ...flags({
          name: node,
          'data-dir': paths.etcd,
          'listen-client-urls': etcd,
          'advertise-client-urls': etcd,
          'listen-peer-urls': etcdPeer,
          'initial-advertise-peer-urls': etcdPeer,
          'initial-cluster': `${node}=${etcdPeer}`,
          'cert-file': key('etcd.crt'),
          'key-file': key('etcd.key'),
          'client-cert-auth': true,
          'trusted-ca-file': key('etcd-ca.crt'),
          'log-level': 'warn',
          'auto-compaction-retention': '1h',
        }),
      ],
    },
    {
      name: 'apiserver',
      command: [
        ...kube('kube-apiserver'),
        ...flags({
          'etcd-servers': etcd,
          'etcd-cafile': key('etcd-ca.crt'),
          'etcd-certfile': key('etcd-client.crt'),
          'etcd-keyfile': key('etcd-client.key'),
          'bind-address': network.nodeAddress,
          'advertise-address': network.nodeAddress,
          'secure-port': network.apiPort,
          'tls-cert-file': key('apiserver.crt'),
          'tls-private-key-file': key('apiserver.key'),
          'client-ca-file': key('ca.crt'),
          'anonymous-auth': true,
          'authorization-mode': 'Node,RBAC',
          'enable-admission-plugins': 'NodeRestriction',
          'allow-privileged': true,
          'service-cluster-ip-range': network.serviceRange,
          'service-account-issuer':
            'https://kubernetes.default.svc.cluster.local',
          'service-account-key-file': key('sa.pub'),
          'service-account-signing-key-file': key('sa.key'),
          'kubelet-certificate-authority': key('ca.crt'),
          'kubelet-client-certificate': key('apiserver-kubelet.crt'),
          'kubelet-client-key': key('apiserver-kubelet.key'),
          'kubelet-preferred-address-types': 'InternalIP',
          'requestheader-client-ca-file': key('front-proxy-ca.crt'),
          'requestheader-allowed-names': 'front-proxy-client',
          'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
          'requestheader-group-headers': 'X-Remote-Group',
          'requestheader-username-headers': 'X-Remote-User',
          'proxy-client-cert-file': key('front-proxy.crt'),
          'proxy-client-key-file': key('front-proxy.key'),
          'enable-aggregator-routing': true,
          'audit-policy-file': paths.configurationFile('audit-policy.json'),
          'audit-log-path': paths.auditLog,
          'audit-log-maxsize': 50,
          'audit-log-maxbackup': 1,
          'audit-log-maxage': days,
          profiling: false,
        }),
      ],
      ready: {
        url: `https://${network.nodeAddress}:${network.apiPort}/readyz`,
        ca: key('ca.crt'),
      },
    },
    {
      // netpold and localpv may read nothing without it. The controller-manager exits when it starts earlier.
      name: 'agent-rights',
      command: [
        ...kube('kubectl'),
        ...flags({ kubeconfig: paths.kubeconfig('admin') }),
        'apply',
        ...flags({
          'server-side': true,
          'force-conflicts': true,
          validate: false,
          filename: paths.configurationFile('agent-rights.json'),
        }),
      ],
      once: true,
      after: ['apiserver'],
    },
    {
      name: 'controller-manager',
      command: [
        ...kube('kube-controller-manager'),
        ...flags({
          ...component('controller-manager'),
          'service-account-private-key-file': key('sa.key'),
          'root-ca-file': key('ca.crt'),
          'cluster-signing-cert-file': key('ca.crt'),
          'cluster-signing-key-file': key('ca.key'),
          'use-service-account-credentials': true,
          'allocate-node-cidrs': true,
          'cluster-cidr': network.podRange,
          'node-cidr-mask-size': 24,
          'service-cluster-ip-range': network.serviceRange,
        }),
      ],
      after: ['apiserver'],
    },
    {
      name: 'scheduler',
      command: [...kube('kube-scheduler'), ...flags(component('scheduler'))],
      after: ['apiserver'],
    },
    {
      name: 'netpold',
      command: [
        program('netpold'),
        ...flags({
          kubeconfig: paths.kubeconfig('netpold'),
          socket: sockets.policies,
        }),
      ],
      after: ['agent-rights'],
    },
    {
      name: 'localpv',
      command: [
        program('localpv'),
        ...flags({
          kubeconfig: paths.kubeconfig('localpv'),
          root: paths.volumes,
          node,
        }),
      ],
      after: ['agent-rights'],
    },
    {
      name: 'kubelet',
      command: [
        ...kube('kubelet'),
        ...flags({
          config: paths.configurationFile('kubelet.json'),
          kubeconfig: paths.kubeconfig('kubelet'),
          'hostname-override': node,
          'node-ip': network.nodeAddress,
          'root-dir': paths.kubelet,
          'cert-dir': join(paths.kubelet, 'pki'),
        }),
      ],
      after: ['containerd', 'apiserver'],
      afterStop: [program('podrm'), `unix://${sockets.containerd}`],
    },
    {
      name: 'proxy',
      command: [
        ...kube('kube-proxy'),
        ...flags({ config: paths.configurationFile('kube-proxy.json') }),
      ],
      after: ['apiserver'],
    },
  ];
}
