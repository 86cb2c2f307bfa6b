import type {
  NodeCapacity,
  ResourceAmount,
} from '@storeyard/backstage-plugin-stores-common';
import { parseQuantity } from './parseQuantity';
import { podRequests, type RequestingSpec } from './podRequests';
import type { KubernetesObject, PodObject } from './types';
import type { ClusterWatches } from './watch';

interface NodeObject extends KubernetesObject {
  spec?: {
    unschedulable?: boolean;
    taints?: { effect?: string }[];
  };
  status?: {
    allocatable?: Record<string, string>;
    conditions?: { type: string; status: string }[];
  };
}

/** What the nodes have and what the pods on them ask for, from the watches' caches. */
export class ClusterCapacity {
  static create(options: { watches: ClusterWatches }): ClusterCapacity {
    return new ClusterCapacity(options.watches);
  }

  private constructor(private readonly watches: ClusterWatches) {}

  /** The nodes, or undefined while the caches aren't filled. */
  nodes(): NodeCapacity[] | undefined {
    const nodes = this.watches.listAll<NodeObject>({
      apiVersion: 'v1',
      kind: 'Node',
    });
    const pods = this.watches.listAll<PodObject>({
      apiVersion: 'v1',
      kind: 'Pod',
    });
    if (!nodes || !pods) return undefined;
    const requested = sumByNode(pods);
    return nodes
      .map(node => ({
        name: node.metadata.name,
        schedulable: isSchedulable(node),
        allocatable: {
          cpu: parseQuantity(node.status?.allocatable?.cpu) ?? 0,
          memory: parseQuantity(node.status?.allocatable?.memory) ?? 0,
          pods: parseQuantity(node.status?.allocatable?.pods) ?? 0,
        },
        requested: requested.get(node.metadata.name) ?? {
          cpu: 0,
          memory: 0,
          pods: 0,
        },
      }))
      .sort((left, right) => left.name.localeCompare(right.name));
  }
}

/** Stores' pods tolerate no taint. */
function isSchedulable({ spec, status }: NodeObject): boolean {
  return (
    !spec?.unschedulable &&
    !spec?.taints?.some(({ effect }) =>
      ['NoSchedule', 'NoExecute'].includes(effect ?? ''),
    ) &&
    Boolean(
      status?.conditions?.some(
        ({ type, status: is }) => type === 'Ready' && is === 'True',
      ),
    )
  );
}

function sumByNode(pods: readonly PodObject[]): Map<string, ResourceAmount> {
  const sums = new Map<string, ResourceAmount>();
  for (const { spec, status } of pods) {
    const { nodeName, ...requests } = (spec ?? {}) as RequestingSpec & {
      nodeName?: string;
    };
    if (!nodeName) continue;
    if (['Succeeded', 'Failed'].includes(status?.phase ?? '')) continue;
    const { cpu, memory } = podRequests(requests);
    const sum = sums.get(nodeName) ?? { cpu: 0, memory: 0, pods: 0 };
    sums.set(nodeName, {
      cpu: sum.cpu + cpu,
      memory: sum.memory + memory,
      pods: sum.pods + 1,
    });
  }
  return sums;
}
