import type { ClusterAccess } from '../platform';
import { runProgram } from '../platform/runProgram';
import type { LocalClusterStatus } from '../LocalCluster';

/** The nodes of a cluster, as `status` shows one. @throws ForwardedError when it doesn't answer within 10 s */
export async function readNodes(
  access: ClusterAccess,
  signal?: AbortSignal,
): Promise<NonNullable<LocalClusterStatus['node']>[]> {
  const list: {
    items: {
      metadata: { name: string };
      status: {
        conditions: { type: string; status: string }[];
        nodeInfo: { kubeletVersion: string };
      };
    }[];
  } = JSON.parse(
    await runProgram(
      access.kubectl,
      ['get', 'nodes', '-o', 'json', '--request-timeout=10s'],
      { signal },
    ),
  );
  return list.items.map(({ metadata, status }) => ({
    name: metadata.name,
    ready: status.conditions.some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    ),
    version: status.nodeInfo.kubeletVersion,
  }));
}
