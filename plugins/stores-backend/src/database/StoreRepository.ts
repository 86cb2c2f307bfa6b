import type { JsonObject } from '@backstage/types';
import type {
  StoreCondition,
  StoreEventType,
  StoreReason,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';

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
  /** Changes with each request of a person. */
  requestSeq: number;
  provisioningStartedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  readyAt?: Date;
  deletedAt?: Date;
}

/** The desired state of one generation: what was rendered, from what. */
export interface StoreGeneration {
  storeId: string;
  generation: number;
  plan: string;
  parameters: JsonObject;
  chartVersion: string;
  imageVersion: string;
  /** The chart's values; never anything secret. */
  values: JsonObject;
  /** The rendered Kubernetes objects in the chart's order; never a Secret's data. */
  objects: JsonObject[];
  /** When Helm has written the generation's release record. */
  releaseRecordedAt?: Date;
}

/** What a writer has seen and builds on; when the row has moved on, the write is refused. */
export interface StoreGuard {
  state: StoreState;
  leaseEpoch: number;
  requestSeq: number;
}

/** An event to write in the transaction of the change that it tells of. */
export interface NewStoreEvent {
  type: StoreEventType;
  message: string;
  actor?: string;
  correlationId?: string;
  details?: JsonObject;
}

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
}

/** Outcome of a request for a store. */
export interface CreateStoreResult {
  store: StoreRecord;
  /** False when the same request had been made before and this is its store. */
  created: boolean;
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
    | 'provisioningStartedAt'
    | 'readyAt'
    | 'deletedAt'
  >
>;

/** Options of {@link StoreRepository.patch}. */
export interface PatchStoreOptions {
  id: string;
  guard: StoreGuard;
  patch: StorePatch;
  events?: NewStoreEvent[];
}

/** Options of {@link StoreRepository.transition}. */
export interface TransitionStoreOptions {
  id: string;
  guard: StoreGuard;
  to: StoreState;
  patch?: StorePatch;
  events: NewStoreEvent[];
}

/** Options of {@link StoreRepository.requestDeletion}. */
export interface RequestStoreDeletionOptions {
  id: string;
  actor: string;
  correlationId?: string;
}

/** Options of {@link StoreRepository.list}. */
export interface ListStoresOptions {
  /** Only stores in one of these states; without it all but DELETED ones. */
  states?: readonly StoreState[];
  owner?: string;
  engine?: string;
  /** Only stores whose name or id contains it, whatever the case. */
  query?: string;
  /** Newest first unless told otherwise. */
  order?: StoreOrder;
  cursor?: string;
  limit: number;
}

/** What a list of stores is ordered by; a dash means descending. */
export type StoreOrder = '-createdAt' | 'createdAt' | 'name' | '-name';

/** One page of records. */
export interface StoreRecordPage {
  items: StoreRecord[];
  nextCursor?: string;
}

/** The guard that a record's reader holds. */
export function guardOf(record: StoreRecord): StoreGuard {
  const { state, leaseEpoch, requestSeq } = record;
  return { state, leaseEpoch, requestSeq };
}

/** Keeps stores, and writes each change together with the events that tell of it. */
export interface StoreRepository {
  /**
   * Keeps a new store in REQUESTED with its `requested` event.
   *
   * @throws InputError when the name has no slug
   * @throws ConflictError when the name is taken, or the key was used for another request
   */
  create(request: NewStore): Promise<CreateStoreResult>;

  get(id: string): Promise<StoreRecord | undefined>;

  /** @throws InputError when the cursor is not one of this list's */
  list(options: ListStoresOptions): Promise<StoreRecordPage>;

  /**
   * Moves a store to another state. The only way a state changes.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the table of transitions forbids the move, or the guard is stale
   */
  transition(options: TransitionStoreOptions): Promise<StoreRecord>;

  /**
   * Changes columns under the same guard, without a change of state.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the guard is stale
   */
  patch(options: PatchStoreOptions): Promise<StoreRecord>;

  /**
   * Moves a store to DELETING, whatever its state; one that is DELETING or
   * DELETED is returned as it is.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the store is protected
   */
  requestDeletion(options: RequestStoreDeletionOptions): Promise<StoreRecord>;

  /** Ids of the stores that the loop must visit at its start and on every resync: all but DELETED. */
  listUnfinished(): Promise<string[]>;

  /**
   * Keeps a generation once and for all, and returns what is kept: when the
   * generation had been saved before, that one, not the given.
   */
  saveGeneration(generation: StoreGeneration): Promise<StoreGeneration>;

  getGeneration(
    storeId: string,
    generation: number,
  ): Promise<StoreGeneration | undefined>;

  /** Notes that Helm has recorded the generation's release. */
  markReleaseRecorded(storeId: string, generation: number): Promise<void>;
}
