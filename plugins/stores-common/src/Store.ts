import type { JsonObject } from '@backstage/types';
import type { StoreCondition } from './StoreCondition';
import type { StoreReason } from './StoreReason';
import type { StoreState } from './StoreState';

/**
 * Where people and programs reach a store.
 *
 * @public
 */
export interface StoreUrls {
  storefront: string;
  admin: string;
  api: string;
}

/**
 * A store as the REST API shows it. Times are ISO 8601.
 *
 * @public
 */
export interface Store {
  /** DNS label, at most 40 characters, never used again. */
  id: string;
  name: string;
  engine: string;
  plan: string;
  /** Entity ref of the user or group that the store belongs to. */
  owner: string;
  /** Entity ref or service subject of whoever asked for it. */
  createdBy: string;
  parameters: JsonObject;
  /** While true every way of deleting the store answers 409. */
  protected: boolean;
  /** Until then the loop only watches and reports. */
  pausedUntil?: string;
  /** What the person who paused it gave as the reason. */
  pauseReason?: string;
  /** Entity ref or service subject of whoever paused it; absent when it was paused before this was kept. */
  pausedBy?: string;
  state: StoreState;
  reason?: StoreReason;
  message?: string;
  remedy?: string;
  conditions: StoreCondition[];
  /** How many stores boot before this one, when it waits to boot. */
  queuePosition?: number;
  urls: StoreUrls;
  namespace: string;
  chartVersion?: string;
  imageVersion?: string;
  /** How often the present step was begun; 0 before the first. */
  attempt: number;
  nextAttemptAt?: string;
  /** Counter of the desired state. */
  generation: number;
  /** The generation that the loop has dealt with; 0 before the first. */
  observedGeneration: number;
  createdAt: string;
  updatedAt: string;
  readyAt?: string;
  deletedAt?: string;
}

/**
 * One page of stores.
 *
 * @public
 */
export interface StorePage {
  items: Store[];
  /** Hand it in as `cursor` to go on behind this page; absent on the last. */
  nextCursor?: string;
}

/**
 * A named size of a store.
 *
 * @public
 */
export interface StorePlan {
  name: string;
  description: string;
  /** Whether a request without a plan gets this one. */
  default: boolean;
  /** How many more stores of the plan the cluster has room for; absent while that isn't known. */
  fits?: number;
}

/**
 * Whether shoppers can use a store that is in this state.
 *
 * @public
 */
export function isStoreAvailable(store: Pick<Store, 'state'>): boolean {
  return store.state === 'READY';
}
