import type { JsonObject } from '@backstage/types';
import type {
  StoreCondition,
  StoreReason,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRepair } from './StoreRepair';

/** A store as the database keeps it. */
export interface StoreRecord {
  id: string;
  name: string;
  slug: string;
  engine: string;
  plan: string;
  owner: string;
  createdBy: string;
  parameters: JsonObject;
  protected: boolean;
  pausedUntil?: Date;
  pauseReason?: string;
  /** The entity ref or service subject of whoever asked for the pause. */
  pausedBy?: string;
  state: StoreState;
  reason?: StoreReason;
  message?: string;
  remedy?: string;
  conditions: StoreCondition[];
  namespace: string;
  /** Stored before the namespace is created: a namespace with it is ours. */
  nonce: string;
  chartVersion?: string;
  imageVersion?: string;
  attempt: number;
  nextAttemptAt?: Date;
  generation: number;
  observedGeneration: number;
  /** Changes with the holder of the store's lease. */
  leaseEpoch: number;
  /** The replica that works on the store, as long as its session lasts. */
  leaseOwner?: string;
  /** Changes with each request of a person. */
  requestSeq: number;
  /** The latest retry that a person asked for; cleared by the loop when it is dealt with. */
  retry?: StoreRetry;
  /** Who made the request that the loop is working on; the loop's events carry it. */
  requestActor?: string;
  requestCorrelationId?: string;
  /** Uids of the volume claims by name, recorded when the store was first READY. */
  claimUids?: Record<string, string>;
  /** What was put right in the cluster in the last minutes, or is being. */
  repairs?: StoreRepair[];
  /** Since when the store waits for its turn to boot. */
  bootQueuedAt?: Date;
  /** Since when the store boots; counts as a slot while it is PROVISIONING. */
  bootStartedAt?: Date;
  provisioningStartedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  readyAt?: Date;
  /** Never cleared: from then on the store has data to lose. */
  firstReadyAt?: Date;
  deletedAt?: Date;
}

/** A person's request to try again. */
export interface StoreRetry {
  /** The request that it came with. */
  requestSeq: number;
  /** Whether the store may be made anew and empty. */
  acceptDataLoss: boolean;
}

/** What a writer has seen and builds on; when the row has moved on, the write is refused. */
export interface StoreGuard {
  state: StoreState;
  leaseEpoch: number;
  requestSeq: number;
}

/** The guard that a record's reader holds. */
export function guardOf(record: StoreRecord): StoreGuard {
  const { state, leaseEpoch, requestSeq } = record;
  return { state, leaseEpoch, requestSeq };
}

/** Columns to change: a key that is absent stays as it is, one that is `undefined` is cleared. */
export type StorePatch = Partial<
  Pick<
    StoreRecord,
    | 'reason'
    | 'message'
    | 'remedy'
    | 'conditions'
    | 'chartVersion'
    | 'imageVersion'
    | 'attempt'
    | 'nextAttemptAt'
    | 'observedGeneration'
    | 'pausedUntil'
    | 'pauseReason'
    | 'pausedBy'
    | 'retry'
    | 'claimUids'
    | 'repairs'
    | 'bootQueuedAt'
    | 'bootStartedAt'
    | 'provisioningStartedAt'
    | 'readyAt'
    | 'deletedAt'
  >
>;
