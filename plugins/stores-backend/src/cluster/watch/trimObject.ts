import type { KubernetesObject } from '../types';

/** What a pod's containers ask for, which is all that is kept of a pod that is no store's. */
interface PodSpec {
  nodeName?: string;
  containers?: { name: string; resources?: unknown }[];
  initContainers?: {
    name: string;
    resources?: unknown;
    restartPolicy?: string;
  }[];
  overhead?: unknown;
}

/** An object of a kind that we apply, whole: its field managers are what drift is judged by. */
export function keepWhole(object: KubernetesObject): KubernetesObject {
  return object;
}

/** Without field managers, which are the larger part of what the API server sends. */
export function withoutManagers(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Of a store's pod what a diagnosis reads, of any other one what it takes from its node. */
export function trimPod(
  object: KubernetesObject,
  isOurs: (object: KubernetesObject) => boolean,
): KubernetesObject {
  if (isOurs(object)) return withoutManagers(object);
  const { apiVersion, kind, metadata, spec, status } = object;
  const { name, namespace, uid, resourceVersion } = metadata;
  const { nodeName, containers, initContainers, overhead } = (spec ??
    {}) as PodSpec;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, resourceVersion },
    spec: {
      nodeName,
      overhead,
      containers: containers?.map(container => ({
        name: container.name,
        resources: container.resources,
      })),
      initContainers: initContainers?.map(container => ({
        name: container.name,
        resources: container.resources,
        restartPolicy: container.restartPolicy,
      })),
    },
    status: { phase: (status as { phase?: string } | undefined)?.phase },
  };
}

/** Of a node what says whether and how much it takes. */
export function trimNode(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, spec, status } = object;
  const { name, uid, resourceVersion, labels } = metadata;
  const { unschedulable, taints } = (spec ?? {}) as {
    unschedulable?: boolean;
    taints?: unknown[];
  };
  const { allocatable, conditions } = (status ?? {}) as {
    allocatable?: Record<string, string>;
    conditions?: unknown[];
  };
  return {
    apiVersion,
    kind,
    metadata: { name, uid, resourceVersion, labels },
    spec: { unschedulable, taints },
    status: { allocatable, conditions },
  };
}
