import { readFileSync } from 'node:fs';
import { agentRights } from '../addons/agentRights';
import { InstancePaths } from '../instancePaths';
import { network } from '../network';
import { auditPolicy } from './auditPolicy';
import { containerdConfiguration } from './containerd';
import { InstanceConfiguration } from './instance';
import { kubeletConfiguration } from './kubelet';
import { kubeProxyConfiguration } from './kubeProxy';
import { podNetworkConfiguration } from './podNetwork';

const capSysResource = 24n;

/** Whether this process may lower a process' OOM score, which containers often forbid even to root. */
function mayLowerOomScore(): boolean {
  const status = readFileSync('/proc/self/status', 'utf8');
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> capSysResource) & 1n) === 1n;
}

/** The files that the programs of an instance are started with, by their paths. */
export function renderConfiguration(options: {
  paths: InstancePaths;
  configuration: InstanceConfiguration;
  bin: string;
  pauseImage: string;
}): Record<string, string> {
  const { paths, configuration, bin, pauseImage } = options;
  const json = (value: unknown) => JSON.stringify(value, undefined, 2);
  return {
    [paths.instanceConfiguration]: json(configuration),
    [paths.configurationFile('containerd.toml')]: containerdConfiguration({
      root: paths.containerd,
      programs: bin,
      networkConfiguration: paths.podNetwork,
      pauseImage,
      restrictOomScore: !mayLowerOomScore(),
    }),
    [`${paths.podNetwork}/10-storeyard.conflist`]: json(
      podNetworkConfiguration({ addresses: paths.addresses }),
    ),
    [paths.configurationFile('kubelet.json')]: json(
      kubeletConfiguration(paths),
    ),
    [paths.configurationFile('kube-proxy.json')]: json(
      kubeProxyConfiguration(paths, configuration.name),
    ),
    [paths.configurationFile('audit-policy.json')]: json(auditPolicy),
    [paths.configurationFile('agent-rights.json')]: json({
      apiVersion: 'v1',
      kind: 'List',
      items: agentRights,
    }),
    // There is no way out: nothing answers there, so that names outside fail at once.
    [paths.configurationFile(
      'resolv.conf',
    )]: `nameserver ${network.nodeAddress}\n`,
  };
}
