import { network, sockets } from '../network';

/**
 * The pods' network. `ptp`, not `bridge`: every packet between pods is routed, so that policies see it.
 * The policy engine is the last plugin, and a pod never runs without its policies.
 */
export function podNetworkConfiguration(options: {
  addresses: string;
}): object {
  return {
    cniVersion: '1.0.0',
    name: 'storeyard',
    plugins: [
      {
        type: 'ptp',
        mtu: 1400,
        ipam: {
          type: 'host-local',
          dataDir: options.addresses,
          ranges: [[{ subnet: network.podRange }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      {
        type: 'portmap',
        backend: 'nftables',
        capabilities: { portMappings: true },
      },
      { type: 'netpold', socket: sockets.policies },
    ],
  };
}
