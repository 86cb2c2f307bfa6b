import type { DriftFinding } from './drift/DriftFinding';
import type {
  ClaimObject,
  EventObject,
  PodObject,
  VolumeObject,
  WorkloadObject,
} from './types';

/** The store's namespace as it is in the cluster. */
export type NamespaceFacts =
  | { exists: false }
  | {
      exists: true;
      uid: string;
      /** Whether it carries the nonce that was stored before it was created. */
      ours: boolean;
      terminating: boolean;
      /** What its conditions say keeps it from going away. */
      blockers: string[];
      labels: Record<string, string>;
      annotations: Record<string, string>;
    };

/** Whether a shopper's requests work through the ingress. */
export type ProbeResult = { ok: true } | { ok: false; message: string };

/** The last lines that a container wrote before it ended. */
export interface ContainerLog {
  pod: string;
  container: string;
  text: string;
}

/** What the planner and the diagnosis may know of the cluster. A part that was not looked at is absent. */
export interface StoreObservation {
  namespace?: NamespaceFacts;
  pods?: PodObject[];
  workloads?: WorkloadObject[];
  claims?: ClaimObject[];
  /** Volumes of the namespace's claims, which outlive it. */
  volumes?: VolumeObject[];
  /** The namespace's warnings, newest last. */
  warnings?: EventObject[];
  logs?: ContainerLog[];
  probe?: ProbeResult;
  /** What is not as we applied it; empty when all of it is. */
  drift?: DriftFinding[];
  /** What came back so often after its repair that it is left alone for now. */
  driftLeft?: DriftFinding[];
  /** What is left in a namespace that is going away: names, with what holds them. */
  leftovers?: string[];
}
