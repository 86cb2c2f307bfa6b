import type { ClusterPreparation } from './ClusterPreparation';

/**
 * Whether the cluster can be worked with, as the orchestrator last saw it.
 *
 * @public
 */
export interface ClusterReachability {
  /** `undefined` before the first contact was tried. */
  reachable?: boolean;
  /** Since when `reachable` is as it is, ISO 8601. */
  since?: string;
  /** Why the cluster can't be worked with. */
  message?: string;
  /** Kubernetes version, such as `v1.34.2`. */
  version?: string;
}

/**
 * The answer of `GET /cluster`.
 *
 * @public
 */
export interface ClusterStatus extends ClusterReachability {
  /** How far a local cluster's making is; absent when none is made here. */
  preparation?: ClusterPreparation;
}
