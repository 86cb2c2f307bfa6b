import type { ClusterClient } from './ClusterClient';

/** What `helm template` has to be told of the cluster, so that it renders what Helm itself would. */
export interface ClusterCapabilities {
  /** Such as `v1.36.3`. */
  kubeVersion: string;
  /** Group versions and kinds, such as `apps/v1` and `apps/v1/Deployment`. */
  apiVersions: string[];
}

interface DiscoveryList {
  items?: {
    metadata?: { name?: string };
    versions?: {
      version: string;
      resources?: { responseKind?: { kind?: string } }[];
    }[];
  }[];
}

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Reads version and kinds in three requests. */
export async function readClusterCapabilities(options: {
  client: ClusterClient;
  signal?: AbortSignal;
}): Promise<ClusterCapabilities> {
  const { client, signal } = options;
  const [version, core, groups] = await Promise.all([
    client.read<{ gitVersion: string }>('/version', { signal }),
    client.read<DiscoveryList>('/api', { accept: AGGREGATED, signal }),
    client.read<DiscoveryList>('/apis', { accept: AGGREGATED, signal }),
  ]);
  const apiVersions = new Set<string>();
  for (const group of [...(core.items ?? []), ...(groups.items ?? [])]) {
    for (const { version: name, resources = [] } of group.versions ?? []) {
      const groupVersion = group.metadata?.name
        ? `${group.metadata.name}/${name}`
        : name;
      apiVersions.add(groupVersion);
      for (const { responseKind } of resources) {
        if (responseKind?.kind) {
          apiVersions.add(`${groupVersion}/${responseKind.kind}`);
        }
      }
    }
  }
  return { kubeVersion: version.gitVersion, apiVersions: [...apiVersions] };
}
