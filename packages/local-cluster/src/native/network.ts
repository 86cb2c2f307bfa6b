/**
 * Addresses inside an instance. Every instance has the same ones: they exist in its own network namespace only.
 */
export const network = {
  /** Of the node, on a bridge without ports, so that it never changes. */
  nodeAddress: '10.44.0.1',
  bridge: 'node0',
  apiPort: 16443,
  etcdPort: 2379,
  etcdPeerPort: 2380,
  kubeletPort: 10250,
  /** The ingress controller's host port, on the instance's loopback. */
  ingressAddress: '127.0.0.1',
  ingressPort: 8080,
  podRange: '10.42.0.0/24',
  serviceRange: '10.43.0.0/16',
  apiServiceAddress: '10.43.0.1',
  dnsAddress: '10.43.0.10',
} as const;

/** Sockets inside an instance, on its own /run. */
export const sockets = {
  containerd: '/run/storeyard/containerd.sock',
  containerdState: '/run/storeyard/containerd',
  policies: '/run/storeyard/netpold.sock',
} as const;
