import type { JsonObject } from '@backstage/types';
import type { components, operations } from './generated/openapi';

/**
 * What a caller sends to ask for a store.
 *
 * @public
 */
export type CreateStoreRequest = components['schemas']['CreateStoreRequest'];

/**
 * What a caller sends to change a store's owner or protection.
 *
 * @public
 */
export type ChangeStoreRequest = components['schemas']['ChangeStoreRequest'];

/**
 * What a caller sends to have a store tried again.
 *
 * @public
 */
export type RetryStoreRequest = components['schemas']['RetryStoreRequest'];

/**
 * What a caller sends to bring a store to another plan, other parameters, or today's chart.
 *
 * @public
 */
export type UpgradeStoreRequest = components['schemas']['UpgradeStoreRequest'];

/**
 * What a caller sends to have a store only watched for a while.
 *
 * @public
 */
export type PauseStoreRequest = components['schemas']['PauseStoreRequest'];

/**
 * Whether a name is free, or which rule it breaks.
 *
 * @public
 */
export type NameCheck = components['schemas']['NameCheck'];

/**
 * The plans, and what an owner has left.
 *
 * @public
 */
export type StorePlanList = components['schemas']['StorePlanList'];

/**
 * Counts and times over the stores that the caller may see.
 *
 * @public
 */
export type Overview = components['schemas']['Overview'];

/**
 * How the platform itself is: its replicas, and the cluster.
 *
 * @public
 */
export type PlatformHealth = components['schemas']['PlatformHealth'];

/**
 * One living process of the platform.
 *
 * @public
 */
export type PlatformReplica = components['schemas']['PlatformReplica'];

/**
 * What a list of stores may be ordered by; a dash means descending.
 *
 * @public
 */
export type StoreListOrder = NonNullable<
  NonNullable<operations['listStores']['parameters']['query']>['order']
>;

/**
 * Which end of the activity log a page begins at: `desc` is newest first.
 *
 * @public
 */
export type StoreEventOrder = NonNullable<
  NonNullable<operations['listStoreEvents']['parameters']['query']>['order']
>;

/**
 * The main metrics as JSON.
 *
 * @public
 */
export type MetricsSummary = JsonObject;

/**
 * The longest that a request for events may wait, in seconds.
 *
 * @public
 */
export const maximumEventWaitSeconds = 30;
