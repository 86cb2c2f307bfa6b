import type { JsonObject } from '@backstage/types';
import type { components, operations } from './generated/openapi';

type Schemas = components['schemas'];

/** What a caller sends to ask for a store. */
export type CreateStoreRequest = Schemas['CreateStoreRequest'];

/** What a caller sends to change a store's owner or protection. */
export type ChangeStoreRequest = Schemas['ChangeStoreRequest'];

/** What a caller sends to have a store tried again. */
export type RetryStoreRequest = Schemas['RetryStoreRequest'];

/** What a caller sends to bring a store to another plan, other parameters, or today's chart. */
export type UpgradeStoreRequest = Schemas['UpgradeStoreRequest'];

/** What a caller sends to have a store only watched for a while. */
export type PauseStoreRequest = Schemas['PauseStoreRequest'];

/** Whether a name is free, or which rule it breaks. */
export type NameCheck = Schemas['NameCheck'];

/** The plans, and what an owner has left. */
export type StorePlanList = Schemas['StorePlanList'];

/** Counts and times over the stores that the caller may see. */
export type Overview = Schemas['Overview'];

/** What a list of stores may be ordered by; a dash means descending. */
export type StoreListOrder = NonNullable<
  NonNullable<operations['listStores']['parameters']['query']>['order']
>;

/** The main metrics as JSON. */
export type MetricsSummary = JsonObject;

/** The longest that a request for events may wait, in seconds. */
export const maximumEventWaitSeconds = 30;
