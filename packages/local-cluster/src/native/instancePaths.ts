import { join } from 'node:path';

/** Every path of a native instance, below its state directory. */
export function instancePaths(state: string) {
  const below = (folder: string) => (name: string) => join(folder, name);
  const inState = below(state);
  const inCluster = below(inState('cluster'));
  const inConfiguration = below(inCluster('configuration'));
  return {
    state,
    /** Chosen ports and what is needed to find the instance's processes again. */
    record: inState('instance.json'),
    adminKubeconfig: inState('admin.kubeconfig'),
    portalKubeconfig: inState('portal.kubeconfig'),
    auditLog: inState('audit.log'),
    progress: inState('progress.json'),
    logs: inState('logs'),
    /** `kubectl` and `helm` for a person's PATH. */
    bin: inState('bin'),
    volumes: inState('volumes'),
    keys: inCluster('keys'),
    configuration: inCluster('configuration'),
    containerd: inCluster('containerd'),
    etcd: inCluster('etcd'),
    kubelet: inCluster('kubelet'),
    podLogs: inCluster('pod-logs'),
    podNetwork: inCluster('pod-network'),
    addresses: inCluster('addresses'),
    /** Stands in for folders that the kubelet and CNI insist on outside of the state. */
    inside: inCluster('inside'),
    /** Which archive each image on the node came from. */
    loaded: inCluster('loaded.json'),
    /** What `charts/platform` was installed last. */
    platform: inCluster('platform.json'),
    /** Host process id of the instance's first process. */
    pid: inState('pid'),
    /** Where the instance's own root is mounted, in its own mount namespace only. */
    root: inCluster('root'),
    instanceConfiguration: inConfiguration('instance.json'),
    configurationFile: inConfiguration,
    kubeconfig: (user: string) => inConfiguration(`${user}.kubeconfig`),
  };
}

/** See {@link instancePaths}. */
export type InstancePaths = ReturnType<typeof instancePaths>;
