import { ProgramPart } from './ProgramPart';

/** The version of Kubernetes; the one in `go/kube/go.mod`. */
export const kubernetesVersion = 'v1.36.3';

/** The Go that the modules ask for. */
export const goVersion = '1.26.0';

const containerd = 'github.com/containerd/containerd/v2';
const cni = 'github.com/containernetworking/plugins/plugins';

const kubernetesVariables = Object.fromEntries(
  ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap(
    path => [
      [`${path}.gitVersion`, kubernetesVersion],
      [`${path}.gitMajor`, kubernetesVersion.split('.')[0]?.slice(1) ?? ''],
      [`${path}.gitMinor`, kubernetesVersion.split('.')[1] ?? ''],
      [`${path}.gitCommit`, 'storeyard'],
      [`${path}.gitTreeState`, 'clean'],
      [`${path}.buildDate`, '1970-01-01T00:00:00Z'],
    ],
  ),
);

const kubernetesPrograms = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
];

/**
 * All parts, in the order in which they are compiled: a small one first, whose compile covers the download of
 * the large one. The seconds are those of two idle cores with an empty cache.
 */
export const programParts: ProgramPart[] = [
  {
    id: 'runc',
    title: 'runc 1.3.6',
    version: '1.3.6',
    estimatedSeconds: 14,
    build: {
      module: 'runc',
      packages: ['github.com/opencontainers/runc'],
      tags: ['seccomp'],
      variables: { 'main.version': '1.3.6' },
      cgo: true,
    },
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes 1.36.3 with etcd 3.6.8',
    version: kubernetesVersion,
    estimatedSeconds: 330,
    build: {
      module: 'kube',
      packages: ['storeyard.local/kube'],
      tags: ['grpcnotrace'],
      variables: kubernetesVariables,
    },
    programs: {
      folder: 'bin',
      links: Object.fromEntries(
        kubernetesPrograms.map(name => [`bin/${name}`, 'kube']),
      ),
    },
  },
  {
    id: 'containerd',
    title: 'containerd 2.2.9',
    version: '2.2.9',
    estimatedSeconds: 40,
    build: {
      module: 'addons',
      packages: [
        `${containerd}/cmd/containerd`,
        `${containerd}/cmd/containerd-shim-runc-v2`,
        `${containerd}/cmd/ctr`,
      ],
      tags: ['no_btrfs', 'no_devmapper', 'no_zfs'],
      variables: { [`${containerd}/version.Version`]: '2.2.9' },
    },
    sources: [],
  },
  {
    id: 'cni',
    title: 'CNI plugins 1.9.1',
    version: '1.9.1',
    estimatedSeconds: 3,
    build: {
      module: 'addons',
      packages: [
        `${cni}/main/ptp`,
        `${cni}/main/loopback`,
        `${cni}/ipam/host-local`,
        `${cni}/meta/portmap`,
      ],
    },
    sources: [],
    programs: { folder: 'bin/cni', links: { 'bin/cni/netpold': '../netpold' } },
  },
  {
    id: 'instance',
    title: 'first process of an instance',
    version: '1',
    estimatedSeconds: 3,
    build: { module: 'addons', packages: ['storeyard.local/addons/instance'] },
    sources: ['instance'],
  },
  {
    id: 'agents',
    title: 'node agents (netpold, localpv, podrm)',
    version: '1',
    estimatedSeconds: 7,
    build: {
      module: 'addons',
      packages: [
        'storeyard.local/addons/netpold',
        'storeyard.local/addons/localpv',
        'storeyard.local/addons/podrm',
      ],
    },
    sources: ['netpold', 'localpv', 'podrm'],
  },
  {
    id: 'pause',
    title: 'pause image',
    version: '1',
    estimatedSeconds: 1,
    build: { module: 'addons', packages: ['storeyard.local/addons/pause'] },
    sources: ['pause'],
    image: {
      reference: 'storeyard.local/pause:1',
      program: 'pause',
      entrypoint: ['/pause'],
      user: '65535:65535',
    },
  },
  {
    id: 'probe',
    title: 'probe image',
    version: '1',
    estimatedSeconds: 2,
    build: { module: 'addons', packages: ['storeyard.local/addons/probe'] },
    sources: ['probe'],
    image: {
      reference: 'storeyard.local/probe:1',
      program: 'probe',
      entrypoint: ['/probe'],
      user: '65532:65532',
    },
  },
  {
    id: 'coredns',
    title: 'CoreDNS 1.14.7 image',
    version: '1.14.7',
    estimatedSeconds: 10,
    build: { module: 'addons', packages: ['storeyard.local/addons/coredns'] },
    sources: ['coredns'],
    image: {
      reference: 'storeyard.local/coredns:1.14.7',
      program: 'coredns',
      entrypoint: ['/coredns'],
      certificates: true,
    },
  },
  {
    id: 'helm',
    title: 'Helm 4.3.1',
    version: 'v4.3.1',
    estimatedSeconds: 100,
    build: {
      module: 'helm',
      packages: ['helm.sh/helm/v4/cmd/helm'],
      variables: { 'helm.sh/helm/v4/internal/version.version': 'v4.3.1' },
    },
  },
  {
    id: 'traefik',
    title: 'Traefik 3.7.13 image',
    version: '3.7.13',
    estimatedSeconds: 135,
    build: {
      module: 'traefik',
      packages: ['github.com/traefik/traefik/v3/cmd/traefik'],
      variables: {
        'github.com/traefik/traefik/v3/pkg/version.Version': '3.7.13',
      },
    },
    image: {
      reference: 'storeyard.local/traefik:3.7.13',
      program: 'traefik',
      entrypoint: ['/traefik'],
      user: '65532:65532',
      certificates: true,
    },
  },
];
