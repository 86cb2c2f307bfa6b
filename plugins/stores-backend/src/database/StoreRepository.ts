import type { JsonObject } from '@backstage/types';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import type { FindReplayedOptions } from './lookups';
import type { CreateStoreResult, NewStore } from './NewStore';
import type { NewStoreEvent } from './NewStoreEvent';
import type { StoreBootQueue } from './StoreBootQueue';
import type { StoreGeneration } from './StoreGeneration';
import type { ListStoresOptions, StoreRecordPage } from './StoreList';
import type { OverviewOptions, StoreOverview } from './StoreOverview';
import type { StoreGuard, StorePatch, StoreRecord } from './StoreRecord';
import type {
  ChangeStoreOptions,
  RequestStoreDeletionOptions,
  RequestStorePauseOptions,
  RequestStoreResumeOptions,
  RequestStoreRetryOptions,
  RequestStoreUpgradeOptions,
} from './StoreRequestOptions';

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

/** Options of {@link StoreRepository.requestBoot}. */
export interface RequestBootOptions {
  id: string;
  guard: StoreGuard;
  /** How many stores may boot at a time. */
  maximum: number;
}
