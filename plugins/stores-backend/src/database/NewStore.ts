import type { JsonObject } from '@backstage/types';
import type { StoreRecord } from './StoreRecord';

/** What a request for a store says, with its defaults filled in. */
export interface NewStore {
  name: string;
  engine: string;
  plan: string;
  owner: string;
  createdBy: string;
  parameters: JsonObject;
  protected: boolean;
  correlationId?: string;
  /** The caller's key for this request, and a digest of what it says. */
  idempotency?: { key: string; digest: string };
  /** How many active stores the owner may have, this one included. */
  quota?: StoreQuota;
}

/** A bound on an owner's stores that are not DELETED. */
export interface StoreQuota {
  maximum: number;
}

/** Outcome of a request for a store. */
export interface CreateStoreResult {
  store: StoreRecord;
  /** False when the same request had been made before and this is its store. */
  created: boolean;
}
