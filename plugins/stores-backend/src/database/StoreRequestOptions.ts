import type { JsonObject } from '@backstage/types';
import type { StoreQuota } from './NewStore';

/** Whose request it is, about which store. */
export interface StoreRequestOptions {
  id: string;
  /** Entity ref or service subject. */
  actor: string;
  /** Binds together what the request causes. */
  correlationId?: string;
}

/** Options of `StoreRepository.requestDeletion`. */
export type RequestStoreDeletionOptions = StoreRequestOptions;

/** Options of `StoreRepository.requestRetry`. */
export interface RequestStoreRetryOptions extends StoreRequestOptions {
  /** Whether a store whose data is lost may be made anew and empty. */
  acceptDataLoss?: boolean;
}

/** Options of `StoreRepository.requestUpgrade`; what is absent stays as it is. */
export interface RequestStoreUpgradeOptions extends StoreRequestOptions {
  plan?: string;
  /** All parameters of the new generation, not only those that change. */
  parameters?: JsonObject;
}

/** Options of `StoreRepository.requestPause`. */
export interface RequestStorePauseOptions extends StoreRequestOptions {
  until: Date;
  reason: string;
}

/** Options of `StoreRepository.requestResume`. */
export type RequestStoreResumeOptions = StoreRequestOptions;

/** Options of `StoreRepository.changeStore`; what is absent stays as it is. */
export interface ChangeStoreOptions extends StoreRequestOptions {
  owner?: string;
  protected?: boolean;
  /** How many active stores a new owner may have, this one included. */
  quota?: StoreQuota;
}
