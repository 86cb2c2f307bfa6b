import type { JsonObject } from '@backstage/types';

/**
 * What kinds of lines a store's activity log has.
 *
 * @public
 */
export const storeEventTypes = [
  'requested',
  'provisioning-started',
  'rendered',
  'namespace-created',
  'secrets-applied',
  'applied',
  'database-ready',
  'backend-ready',
  'attempt-failed',
  'retry-scheduled',
  'ready',
  'degraded',
  'recovered',
  'failed',
  'drift-found',
  'repaired',
  'release-recorded',
  'retry-requested',
  'upgrade-requested',
  'upgrading',
  'upgrade-failed',
  'pruned',
  'paused',
  'resumed',
  'owner-changed',
  'protection-changed',
  'data-loss-accepted',
  'deletion-requested',
  'release-removed',
  'workloads-deleted',
  'namespace-deleting',
  'deletion-blocked',
  'deleted',
  'namespace-reappeared',
  'cluster-unreachable',
  'cluster-reachable',
] as const;

/**
 * The kind of one line of a store's activity log.
 *
 * @public
 */
export type StoreEventType = (typeof storeEventTypes)[number];

/**
 * One immutable line of a store's activity log.
 *
 * @public
 */
export interface StoreEvent {
  /** Rises with each committed event of the installation, without gaps; the cursor. */
  sequence: number;
  storeId: string;
  type: StoreEventType;
  /** ISO 8601. */
  time: string;
  /** The entity ref or service subject of whoever caused it; absent when it was the loop. */
  actor?: string;
  message: string;
  /** Binds together what one request caused. */
  correlationId?: string;
  details?: JsonObject;
}

/**
 * One page of events, oldest first unless asked for otherwise.
 *
 * @public
 */
export interface StoreEventPage {
  items: StoreEvent[];
  /** Hand it in as `after` to go on with what comes behind the page's newest. */
  cursor: number;
  /** Hand it in as `before` to go on with what is older; absent when nothing is, and on pages oldest first. */
  older?: number;
}
