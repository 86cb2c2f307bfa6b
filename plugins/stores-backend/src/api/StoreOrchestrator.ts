import type { JsonObject } from '@backstage/types';
import type {
  Capacity,
  ClusterReachability,
  PlatformHealth,
  StoreCredentials,
  StoreLogs,
  StoreResources,
  StoreUrls,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord } from '../database';

/** Which lines of a store's log are wanted. */
export interface StoreLogsRequest {
  /** Name of a Deployment or StatefulSet; the shop's unless given. */
  workload?: string;
  /** Name of a container of its newest pod; the workload's own unless given. */
  container?: string;
  /** The lines of the container that ran before the present one. */
  previous: boolean;
  /** How many lines from the end. */
  tail: number;
}

/** What a store would be made of. */
export interface StoreSize {
  engine: string;
  plan: string;
  parameters: JsonObject;
}

/** What the router needs of the orchestrator. */
export interface StoreOrchestrator {
  /** Has a store looked at soon; called after the commit that asks for it. */
  enqueue(storeId: string): void;

  clusterStatus(): ClusterReachability;

  /** How the platform itself is: its replicas, and the cluster as this one sees it. */
  health(): Promise<PlatformHealth>;

  urls(record: StoreRecord): Promise<StoreUrls>;

  /** Where a store of this id would answer, by the installation's settings. */
  storefront(id: string): Promise<string>;

  /**
   * What a store consists of in the cluster; nothing of it before its namespace is made and after it is gone.
   *
   * @throws ServiceUnavailableError when the cluster does not answer
   */
  resources(record: StoreRecord): Promise<StoreResources>;

  /**
   * The end of a workload's log, with the store's secrets masked.
   *
   * @throws NotFoundError when there is no such workload, pod or log
   * @throws ServiceUnavailableError when the cluster does not answer
   */
  logs(record: StoreRecord, request: StoreLogsRequest): Promise<StoreLogs>;

  /**
   * The first login of a store's administrator.
   *
   * @throws NotFoundError when the store has none
   */
  credentials(record: StoreRecord): Promise<StoreCredentials>;

  /**
   * What the cluster has room for.
   *
   * @throws ServiceUnavailableError while that isn't known
   */
  capacity(): Promise<Capacity>;

  /**
   * Makes sure that a store can be brought to another plan or other parameters.
   *
   * @throws InputError that says what can't be changed
   */
  checkUpgrade(
    record: StoreRecord,
    wanted: Pick<StoreSize, 'plan' | 'parameters'>,
  ): Promise<void>;

  /** What the cluster lacks to run one more such store; undefined when it has room, or that isn't known. */
  lacking(size: StoreSize): Promise<string | undefined>;
}
