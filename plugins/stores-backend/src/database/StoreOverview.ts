import type {
  StoreReason,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreFilter } from './StoreFilter';

/** Options of `StoreRepository.overview`. */
export interface OverviewOptions {
  /** Where times and failures begin. */
  since: Date;
  /** Only stores that the caller may see. */
  visible?: StoreFilter;
}

/** How long stores took from the request to READY, in seconds. */
export interface ProvisioningTimes {
  count: number;
  p50Seconds: number;
  p95Seconds: number;
}

/** The times of the stores that were READY first within one hour or day. */
export interface ProvisioningBucket extends ProvisioningTimes {
  start: Date;
}

/** What was put back within one hour or day. */
export interface RepairBucket {
  start: Date;
  /** How many repairs there were. */
  count: number;
  /** How many stores were repaired. */
  stores: number;
}

/** Counts and times over many stores. */
export interface StoreOverview {
  countsByState: Record<StoreState, number>;
  /** Stores that are not DELETED, the owner with most of them first. */
  activeByOwner: { owner: string; count: number }[];
  /** Absent when no store became READY for the first time since then. */
  provisioning?: ProvisioningTimes;
  /** How long a bucket is: an hour up to two days, else a day. */
  bucketSeconds: number;
  /** Oldest first; times without a store have none. */
  buckets: ProvisioningBucket[];
  /** The most frequent first. */
  failuresByReason: { reason: StoreReason; count: number }[];
  /** Oldest first; times without a repair have none. */
  repairs: RepairBucket[];
}
