import type { JsonObject } from '@backstage/types';
import type { FindReplayedOptions } from './lookups';
import type { StoreFilter } from './StoreFilter';
import type { OverviewOptions, StoreOverview } from './StoreOverview';
import type {
  ChangeStoreOptions,
  RequestStoreDeletionOptions,
  RequestStorePauseOptions,
  RequestStoreResumeOptions,
  RequestStoreRetryOptions,
  RequestStoreUpgradeOptions,
} from './StoreRequestOptions';
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
  /** The API server's answers to our apply of the objects, without status; never a Secret's data. */
  answers?: JsonObject[];
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
    | 'bootQueuedAt'
    | 'bootStartedAt'
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

/** Options of {@link StoreRepository.list}. */
export interface ListStoresOptions {
  /** Only stores that the caller may see. */
  visible?: StoreFilter;
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

  /** The store that is not DELETED and has this slug. */
  findActiveByName(slug: string): Promise<StoreRecord | undefined>;

  /** How many stores of an owner are not DELETED. */
  countActive(owner: string): Promise<number>;

  /**
   * The store that the same request has made before, whatever has become of it.
   *
   * @throws ConflictError when the key was used for another request
   */
  findReplayed(options: FindReplayedOptions): Promise<StoreRecord | undefined>;

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

  /**
   * Notes that a person wants a new attempt now.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the store is DELETING or DELETED, or paused: nothing would be tried
   */
  requestRetry(options: RequestStoreRetryOptions): Promise<StoreRecord>;

  /**
   * Begins a new generation with another plan or other parameters, or the
   * same with today's chart.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError unless the store is READY, DEGRADED or FAILED
   */
  requestUpgrade(options: RequestStoreUpgradeOptions): Promise<StoreRecord>;

  /**
   * Has the loop only watch a store until a given time.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the store is DELETING or DELETED
   */
  requestPause(options: RequestStorePauseOptions): Promise<StoreRecord>;

  /**
   * Ends a pause; without one the store is returned as it is.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the store is DELETING or DELETED
   */
  requestResume(options: RequestStoreResumeOptions): Promise<StoreRecord>;

  /**
   * Changes the owner or the protection, without a new generation; what is so
   * already is left alone.
   *
   * @throws NotFoundError when there is no such store
   * @throws ConflictError when the store is DELETING or DELETED
   * @throws NotAllowedError when the new owner's quota is used up
   */
  changeStore(options: ChangeStoreOptions): Promise<StoreRecord>;

  /** Ids of the stores that the loop must visit at its start and on every resync: all but DELETED. */
  listUnfinished(): Promise<string[]>;

  /** Ids of the stores whose next attempt is due, or whose pause is over. */
  listDue(now: Date): Promise<string[]>;

  /** How many stores are in each state. */
  countByState(): Promise<Record<StoreState, number>>;

  /** Counts and times over all stores that the caller may see. */
  overview(options: OverviewOptions): Promise<StoreOverview>;

  /** Which stores wait to boot, in their order, and which boot; over all replicas. */
  bootQueue(): Promise<StoreBootQueue>;

  /**
   * Gives a store a slot to boot, unless it has one already: when less than
   * `maximum` stores boot and none waits before it. Counted under a lock, over
   * all replicas.
   *
   * @returns the record, with `bootStartedAt` when it has a slot and with
   *   `bootQueuedAt` when it waits
   * @throws ConflictError when the guard is stale
   */
  requestBoot(options: RequestBootOptions): Promise<StoreRecord>;

  /**
   * Keeps a generation once and for all, and returns what is kept: when the
   * generation had been saved before, that one, not the given.
   *
   * @throws ConflictError when the guard's lease is not the store's any more
   */
  saveGeneration(
    generation: StoreGeneration,
    guard?: StoreGuard,
  ): Promise<StoreGeneration>;

  getGeneration(
    storeId: string,
    generation: number,
  ): Promise<StoreGeneration | undefined>;

  /** All generations of a store that were kept, oldest first. */
  listGenerations(storeId: string): Promise<StoreGeneration[]>;

  /**
   * Keeps what the API server made of a generation's objects.
   *
   * @throws NotFoundError when there is no such generation
   * @throws ConflictError when the guard's lease is not the store's any more
   */
  saveAnswers(
    storeId: string,
    generation: number,
    answers: JsonObject[],
    guard?: StoreGuard,
  ): Promise<void>;

  /**
   * Notes that Helm has recorded the generation's release.
   *
   * @throws NotFoundError when there is no such generation
   * @throws ConflictError when the guard's lease is not the store's any more
   */
  markReleaseRecorded(
    storeId: string,
    generation: number,
    guard?: StoreGuard,
  ): Promise<void>;
}

/** Who boots and who waits for it. */
export interface StoreBootQueue {
  booting: string[];
  waiting: string[];
  /** When the last one of those that boot began to. */
  lastBootStartedAt?: Date;
}

/** Options of {@link StoreRepository.requestBoot}. */
export interface RequestBootOptions {
  id: string;
  guard: StoreGuard;
  /** How many stores may boot at a time. */
  maximum: number;
}
