// Sockets instead of ports: etcd names them like an address and makes them in its working directory.
const clientSocket = 'unix://localhost:1';
const peerSocket = 'unix://localhost:2';

export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    {
      level: 'None',
      nonResourceURLs: [
        '/healthz*',
        '/readyz*',
        '/livez*',
        '/version',
        '/openapi*',
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
      ],
    },
    {
      level: 'None',
      verbs: ['get', 'list', 'watch'],
      users: [
        'system:kube-controller-manager',
        'system:kube-scheduler',
        'system:apiserver',
      ],
    },
    { level: 'Metadata' },
  ],
};

/** Data is thrown away with the cluster, so nothing is synced to disk. */
export const etcdArguments = [
  '--data-dir=etcd',
  '--name=etcd',
  `--listen-client-urls=${clientSocket}`,
  `--advertise-client-urls=${clientSocket}`,
  `--listen-peer-urls=${peerSocket}`,
  `--initial-advertise-peer-urls=${peerSocket}`,
  `--initial-cluster=etcd=${peerSocket}`,
  '--unsafe-no-fsync',
  '--log-level=warn',
];

export const apiServerArguments = (options: {
  port: number;
  auditLog: string;
}) => [
  `--etcd-servers=${clientSocket}`,
  '--bind-address=127.0.0.1',
  `--secure-port=${options.port}`,
  '--tls-cert-file=keys/apiserver.crt',
  '--tls-private-key-file=keys/apiserver.key',
  '--client-ca-file=keys/ca.crt',
  '--service-account-issuer=https://kubernetes.default.svc',
  '--service-account-key-file=keys/service-accounts.pub',
  '--service-account-signing-key-file=keys/service-accounts.key',
  '--service-cluster-ip-range=10.96.0.0/12',
  // A loopback address is no legal endpoint.
  '--endpoint-reconciler-type=none',
  '--authorization-mode=Node,RBAC',
  '--allow-privileged',
  '--enable-admission-plugins=NodeRestriction,PodSecurity,ResourceQuota,LimitRanger,ValidatingAdmissionPolicy',
  '--audit-policy-file=audit-policy.json',
  `--audit-log-path=${options.auditLog}`,
  '--profiling=false',
  '--shutdown-delay-duration=0s',
];

export const controllerManagerArguments = [
  '--kubeconfig=controller-manager.kubeconfig',
  // Otherwise its controllers are refused and no namespace gets its service account.
  '--use-service-account-credentials',
  '--leader-elect=false',
  '--secure-port=0',
  '--service-account-private-key-file=keys/service-accounts.key',
  '--root-ca-file=keys/ca.crt',
  '--kube-api-qps=1000',
  '--kube-api-burst=2000',
  '--node-monitor-grace-period=1h',
  '--allocate-node-cidrs=false',
  '--concurrent-namespace-syncs=20',
  '--profiling=false',
];

export const schedulerArguments = [
  '--kubeconfig=scheduler.kubeconfig',
  '--leader-elect=false',
  '--secure-port=0',
  '--kube-api-qps=1000',
  '--kube-api-burst=2000',
  '--profiling=false',
];
