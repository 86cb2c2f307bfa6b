import { InputError } from '@backstage/errors';
import type { KubernetesObject, ObjectReference } from './types';

interface ResourceType {
  plural: string;
  clusterScoped?: true;
  /** Objects of a lower wave are applied first. */
  wave: number;
}

/**
 * The kinds that the orchestrator's role reaches. What workloads need comes before them; the quota goes with the first
 * so that it is counted when claims and pods ask for it.
 */
const RESOURCES: Record<string, ResourceType> = {
  'v1/Namespace': { plural: 'namespaces', clusterScoped: true, wave: 0 },
  'v1/Node': { plural: 'nodes', clusterScoped: true, wave: 0 },
  'v1/PersistentVolume': {
    plural: 'persistentvolumes',
    clusterScoped: true,
    wave: 0,
  },
  'rbac.authorization.k8s.io/v1/RoleBinding': {
    plural: 'rolebindings',
    wave: 0,
  },
  'v1/ResourceQuota': { plural: 'resourcequotas', wave: 1 },
  'v1/LimitRange': { plural: 'limitranges', wave: 1 },
  'v1/ServiceAccount': { plural: 'serviceaccounts', wave: 1 },
  'v1/Secret': { plural: 'secrets', wave: 1 },
  'v1/ConfigMap': { plural: 'configmaps', wave: 1 },
  'v1/Service': { plural: 'services', wave: 1 },
  'networking.k8s.io/v1/NetworkPolicy': { plural: 'networkpolicies', wave: 1 },
  'networking.k8s.io/v1/Ingress': { plural: 'ingresses', wave: 1 },
  'v1/PersistentVolumeClaim': { plural: 'persistentvolumeclaims', wave: 2 },
  'apps/v1/StatefulSet': { plural: 'statefulsets', wave: 3 },
  'apps/v1/Deployment': { plural: 'deployments', wave: 3 },
  'v1/Pod': { plural: 'pods', wave: 3 },
  'v1/Event': { plural: 'events', wave: 3 },
};

function resourceType(object: {
  apiVersion: string;
  kind: string;
}): ResourceType {
  const type = RESOURCES[`${object.apiVersion}/${object.kind}`];
  if (!type) {
    throw new InputError(
      `'${object.apiVersion}/${
        object.kind
      }' is no kind that a store may consist of, expected one of ${Object.keys(
        RESOURCES,
      ).join(', ')}`,
    );
  }
  return type;
}

/** The path of a kind's collection, in a namespace where the kind has one and it is given. */
export function collectionPath(options: {
  apiVersion: string;
  kind: string;
  namespace?: string;
}): string {
  const type = resourceType(options);
  const root = options.apiVersion.includes('/')
    ? `/apis/${options.apiVersion}`
    : `/api/${options.apiVersion}`;
  const scope =
    options.namespace && !type.clusterScoped
      ? `/namespaces/${encodeURIComponent(options.namespace)}`
      : '';
  return `${root}${scope}/${type.plural}`;
}

export function objectPath(reference: ObjectReference): string {
  const collection = collectionPath({
    apiVersion: reference.apiVersion,
    kind: reference.kind,
    namespace: reference.metadata.namespace,
  });
  return `${collection}/${encodeURIComponent(reference.metadata.name)}`;
}

export function isNamespaced(object: {
  apiVersion: string;
  kind: string;
}): boolean {
  return !resourceType(object).clusterScoped;
}

/** Kind and name as people write it: `Deployment 'medusa-api'`. */
export function describeObject(reference: ObjectReference): string {
  return `${reference.kind} '${reference.metadata.name}'`;
}

/** Groups objects into waves: each wave may be applied at once, and only after the one before it. */
export function inDependencyOrder(
  objects: readonly KubernetesObject[],
): KubernetesObject[][] {
  const waves = new Map<number, KubernetesObject[]>();
  for (const object of objects) {
    const { wave } = resourceType(object);
    waves.set(wave, [...(waves.get(wave) ?? []), object]);
  }
  return [...waves.entries()]
    .sort(([left], [right]) => left - right)
    .map(([, wave]) => wave);
}
