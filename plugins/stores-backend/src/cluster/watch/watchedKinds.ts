import type { KubernetesObject } from '../types';
import { keepWhole, trimNode, trimPod, withoutManagers } from './trimObject';

/** A kind that is watched across the cluster, and what is kept of its objects. */
export interface WatchedKind {
  apiVersion: string;
  kind: string;
  /** `ours`: only what carries our labels; drift is judged by these. */
  scope: 'ours' | 'all';
  trim(
    object: KubernetesObject,
    isOurs: (object: KubernetesObject) => boolean,
  ): KubernetesObject;
}

const ours = (apiVersion: string, kind: string): WatchedKind => ({
  apiVersion,
  kind,
  scope: 'ours',
  trim: keepWhole,
});

/** Secrets and config maps are not here: no account may read them across the cluster. */
export const WATCHED_KINDS: readonly WatchedKind[] = [
  ours('v1', 'Namespace'),
  ours('apps/v1', 'Deployment'),
  ours('apps/v1', 'StatefulSet'),
  ours('v1', 'Service'),
  ours('networking.k8s.io/v1', 'Ingress'),
  ours('networking.k8s.io/v1', 'NetworkPolicy'),
  ours('v1', 'ResourceQuota'),
  ours('v1', 'LimitRange'),
  ours('v1', 'ServiceAccount'),
  ours('v1', 'PersistentVolumeClaim'),
  ours('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  { apiVersion: 'v1', kind: 'Pod', scope: 'all', trim: trimPod },
  { apiVersion: 'v1', kind: 'Node', scope: 'all', trim: trimNode },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    scope: 'all',
    trim: withoutManagers,
  },
];

/** Whether the caches know of objects of this kind. */
export function isWatchedKind(of: {
  apiVersion: string;
  kind: string;
}): boolean {
  return WATCHED_KINDS.some(
    ({ apiVersion, kind }) => apiVersion === of.apiVersion && kind === of.kind,
  );
}
