import { PreparationProgress } from './progress';

/** What a cluster says beside its progress; any Backstage logger will do. */
export interface ClusterLogger {
  info(message: string): void;
}

/** Where a cluster comes from. */
export type ClusterProvider = 'native' | 'context';

/** Options of {@link createCluster}. */
export interface CreateClusterOptions {
  /** `[a-z][a-z0-9-]{0,10}`. */
  instance: string;
  /** Default: `context` when one is named or was named before, else `native`. */
  provider?: ClusterProvider;
  /** A context of the user's kubeconfig; the current one is never taken unnamed. */
  context?: string;
  /** For a context: port of the loopback on which its ingress controller answers. Default: 80. */
  ingressPort?: number;
  logger?: ClusterLogger;
}

/** Options of {@link LocalCluster.up}. */
export interface UpOptions {
  progress?: PreparationProgress;
  signal?: AbortSignal;
}

/** The two ways in, on the host's loopback. */
export interface ClusterPorts {
  /** HTTP of the ingress controller. */
  ingress: number;
  /** The API server. */
  api: number;
}

/** An add-on and whether it serves. */
export interface AddonStatus {
  name: string;
  ready: boolean;
  version?: string;
}

/** What `npm run cluster -- status` shows. */
export interface LocalClusterStatus {
  instance: string;
  provider: ClusterProvider;
  /** `absent`: never made, or deleted. `starting`: processes run, the node or an add-on isn't ready. */
  state: 'absent' | 'stopped' | 'starting' | 'ready';
  /** ISO time at which the instance was started. */
  since?: string;
  node?: { name: string; ready: boolean; version: string };
  ports?: ClusterPorts;
  addons: AddonStatus[];
  /** Bytes that the state takes on disk. */
  diskBytes?: number;
}

/** A cluster on this machine, or a context of the user's that is used like one. */
export interface LocalCluster {
  readonly instance: string;
  /**
   * Checks, builds what lacks, starts the node, waits for its add-ons, loads images and installs the platform
   * chart. Goes on where an earlier call was interrupted; a second call beside it waits for the first.
   *
   * @throws PreparationError with a remedy
   */
  up(options?: UpOptions): Promise<void>;
  status(): Promise<LocalClusterStatus>;
  /** Variables under which `kubectl` and `helm` work on this cluster as its admin. */
  environment(): Promise<{ PATH: string; KUBECONFIG: string }>;
  /** Puts image archives onto the node; those that are there by content are left out. */
  load(archives: string[]): Promise<void>;
  /** Ends all processes in order; what is stored stays. */
  stop(): Promise<void>;
  /** Ends all processes and removes every trace. */
  delete(): Promise<void>;
  /** @throws NotFoundError before the first `up` */
  readonly ports: ClusterPorts;
  readonly kubeconfigs: { admin: string; portal: string };
  /** The API server's audit log (level Metadata), one JSON object a line; absent for a context. */
  readonly auditLog: string | undefined;
}
