/**
 * One container of a pod, whose log can be read.
 *
 * @public
 */
export interface StoreContainer {
  name: string;
  /** Whether it runs before the pod's others, to its end. */
  init: boolean;
  /** How often it was started again. */
  restarts: number;
  /** How the container before the present one ended, whose log can be read as well; absent when there was none. */
  previous?: {
    /** Such as `OOMKilled`, or the exit code. */
    reason: string;
    /** ISO 8601. */
    endedAt?: string;
  };
}

/**
 * One pod of a workload, as the cluster tells of it.
 *
 * @public
 */
export interface StorePod {
  name: string;
  /** `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. */
  phase: string;
  ready: boolean;
  /** How often its containers were started again. */
  restarts: number;
  image?: string;
  node?: string;
  /** Why it isn't ready, such as `CrashLoopBackOff`. */
  reason?: string;
  /** ISO 8601. */
  startedAt?: string;
  /** The workload's own first; absent from a backend that is older than this. */
  containers?: StoreContainer[];
}

/**
 * One Deployment or StatefulSet of a store.
 *
 * @public
 */
export interface StoreWorkload {
  kind: 'Deployment' | 'StatefulSet';
  name: string;
  /** How many pods there shall be. */
  desired: number;
  ready: number;
  pods: StorePod[];
}

/**
 * One volume claim of a store.
 *
 * @public
 */
export interface StoreVolume {
  name: string;
  /** `Pending`, `Bound` or `Lost`. */
  phase: string;
  /** Quantities as Kubernetes writes them, such as `1Gi`. */
  requested: string;
  capacity?: string;
  storageClass?: string;
  volumeName?: string;
  /** Whether somebody has deleted it and it waits for its pod to let go. */
  deleting: boolean;
}

/**
 * How much of one resource a store may use and does.
 *
 * @public
 */
export interface StoreQuotaUse {
  /** Such as `requests.cpu`. */
  resource: string;
  used: string;
  hard: string;
}

/**
 * The answer of `GET /{id}/resources`: what a store consists of in the cluster.
 *
 * @public
 */
export interface StoreResources {
  workloads: StoreWorkload[];
  volumes: StoreVolume[];
  quota: StoreQuotaUse[];
}

/**
 * The answer of `GET /{id}/logs`. Secrets are masked.
 *
 * @public
 */
export interface StoreLogs {
  workload: string;
  pod: string;
  container: string;
  /** Whether these are the lines of the container that ran before the present one. */
  previous: boolean;
  /** Oldest first. */
  lines: string[];
}

/**
 * The answer of `GET /{id}/credentials`: the first login of a store's administrator.
 *
 * @public
 */
export interface StoreCredentials {
  email: string;
  password: string;
  /** Where to sign in. */
  url: string;
}
