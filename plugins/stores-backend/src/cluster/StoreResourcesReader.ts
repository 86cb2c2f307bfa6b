import type {
  StorePod,
  StoreResources,
  StoreVolume,
  StoreWorkload,
} from '@storeyard/backstage-plugin-stores-common';
import { podContainers } from './podContainers';
import { isPodReady } from './readiness';
import type { StoreReader } from './StoreReader';
import type {
  ClaimObject,
  KubernetesObject,
  PodObject,
  WorkloadObject,
} from './types';

interface QuotaObject extends KubernetesObject {
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** Tells what a store consists of in the cluster. */
export class StoreResourcesReader {
  static create(options: { reader: StoreReader }): StoreResourcesReader {
    return new StoreResourcesReader(options.reader);
  }

  private constructor(private readonly reader: StoreReader) {}

  async read(namespace: string): Promise<StoreResources> {
    const list = <T extends KubernetesObject>(
      apiVersion: string,
      kind: string,
    ) => this.reader.list<T>({ apiVersion, kind, namespace });
    const [deployments, statefulSets, pods, claims, quotas] = await Promise.all(
      [
        list<WorkloadObject>('apps/v1', 'Deployment'),
        list<WorkloadObject>('apps/v1', 'StatefulSet'),
        list<PodObject>('v1', 'Pod'),
        list<ClaimObject>('v1', 'PersistentVolumeClaim'),
        list<QuotaObject>('v1', 'ResourceQuota'),
      ],
    );
    return {
      workloads: [
        ...statefulSets.map(one => toWorkload('StatefulSet', one, pods)),
        ...deployments.map(one => toWorkload('Deployment', one, pods)),
      ],
      volumes: claims.map(toVolume).sort(byName),
      quota: quotas.flatMap(({ status }) =>
        Object.entries(status?.hard ?? {}).map(([resource, hard]) => ({
          resource,
          hard,
          used: status?.used?.[resource] ?? '0',
        })),
      ),
    };
  }
}

/** Whether a workload's selector takes a pod in. */
export function selects(workload: WorkloadObject, pod: PodObject): boolean {
  const { selector } = (workload.spec ?? {}) as {
    selector?: { matchLabels?: Record<string, string> };
  };
  const labels = Object.entries(selector?.matchLabels ?? {});
  return (
    labels.length > 0 &&
    labels.every(([key, value]) => pod.metadata.labels?.[key] === value)
  );
}

function toWorkload(
  kind: StoreWorkload['kind'],
  workload: WorkloadObject,
  pods: readonly PodObject[],
): StoreWorkload {
  return {
    kind,
    name: workload.metadata.name,
    desired: workload.spec?.replicas ?? 1,
    ready: workload.status?.readyReplicas ?? 0,
    pods: pods
      .filter(pod => selects(workload, pod))
      .map(toPod)
      .sort(byName),
  };
}

function toPod(pod: PodObject): StorePod {
  const { nodeName, containers = [] } = (pod.spec ?? {}) as {
    nodeName?: string;
    containers?: { image?: string }[];
  };
  const { startTime } = (pod.status ?? {}) as { startTime?: string };
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  const reason = isPodReady(pod)
    ? undefined
    : statuses.find(({ state }) => state?.waiting?.reason)?.state?.waiting
        ?.reason ??
      pod.status?.reason ??
      pod.status?.conditions?.find(
        condition =>
          condition.type === 'PodScheduled' && condition.status === 'False',
      )?.reason;
  return {
    name: pod.metadata.name,
    phase: pod.status?.phase ?? 'Unknown',
    ready: isPodReady(pod),
    restarts: statuses.reduce(
      (sum, { restartCount }) => sum + (restartCount ?? 0),
      0,
    ),
    ...(containers[0]?.image && { image: containers[0].image }),
    ...(nodeName && { node: nodeName }),
    ...(reason && { reason }),
    ...(startTime && { startedAt: startTime }),
    containers: podContainers(pod),
  };
}

function toVolume(claim: ClaimObject): StoreVolume {
  const { resources, storageClassName, volumeName } = (claim.spec ?? {}) as {
    resources?: { requests?: { storage?: string } };
    storageClassName?: string;
    volumeName?: string;
  };
  const { capacity, phase } = (claim.status ?? {}) as {
    capacity?: { storage?: string };
    phase?: string;
  };
  return {
    name: claim.metadata.name,
    phase: phase ?? 'Pending',
    requested: resources?.requests?.storage ?? '0',
    ...(capacity?.storage && { capacity: capacity.storage }),
    ...(storageClassName && { storageClass: storageClassName }),
    ...(volumeName && { volumeName }),
    deleting: Boolean(claim.metadata.deletionTimestamp),
  };
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name.localeCompare(right.name);
}
