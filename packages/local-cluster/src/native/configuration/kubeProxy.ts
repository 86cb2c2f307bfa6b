import { InstancePaths } from '../instancePaths';
import { network } from '../network';

/** kube-proxy's configuration file: nftables, and no limit on connections, which would be the host's. */
export function kubeProxyConfiguration(
  paths: InstancePaths,
  node: string,
): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    oomScoreAdj: 0,
    clusterCIDR: network.podRange,
    hostnameOverride: node,
    bindAddress: network.nodeAddress,
    healthzBindAddress: '127.0.0.1:10256',
    metricsBindAddress: '127.0.0.1:10249',
    clientConnection: { kubeconfig: paths.kubeconfig('proxy') },
    conntrack: {
      maxPerCore: 0,
      min: 0,
      tcpEstablishedTimeout: '0s',
      tcpCloseWaitTimeout: '0s',
    },
  };
}
