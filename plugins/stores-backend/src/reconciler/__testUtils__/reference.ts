import type { ObjectReference } from '../../cluster';

const API_VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Ingress: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
};

/** Names an object of a kind that stores consist of. */
export function reference(
  kind: string,
  name: string,
  namespace?: string,
): ObjectReference {
  return { ...kindOf(kind), metadata: { name, namespace } };
}

/** A kind with its API version. */
export function kindOf(kind: string): { apiVersion: string; kind: string } {
  return { apiVersion: API_VERSIONS[kind] ?? 'v1', kind };
}
