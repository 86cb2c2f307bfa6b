import { join } from 'node:path';
import { InstancePaths } from '../instancePaths';
import { network, sockets } from '../network';

/** The kubelet's configuration file. */
export function kubeletConfiguration(paths: InstancePaths): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: network.nodeAddress,
    port: network.kubeletPort,
    readOnlyPort: 0,
    failCgroupV1: false,
    cgroupDriver: 'cgroupfs',
    failSwapOn: false,
    oomScoreAdj: 0,
    makeIPTablesUtilChains: false,
    containerRuntimeEndpoint: `unix://${sockets.containerd}`,
    clusterDomain: 'cluster.local',
    clusterDNS: [network.dnsAddress],
    resolvConf: paths.configurationFile('resolv.conf'),
    podLogsDir: paths.podLogs,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(paths.keys, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(paths.keys, 'kubelet-server.crt'),
    tlsPrivateKeyFile: join(paths.keys, 'kubelet-server.key'),
    serializeImagePulls: false,
    maxPods: 200,
    // Images can't be pulled again: none is ever collected.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '2%',
      'imagefs.available': '2%',
    },
    shutdownGracePeriod: '0s',
  };
}
