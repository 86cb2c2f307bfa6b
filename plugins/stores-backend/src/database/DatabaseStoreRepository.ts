import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { readBootQueue, requestBoot } from './bootSlots';
import { createStore } from './createStore';
import type { DatabaseEventLog } from './DatabaseEventLog';
import {
  listGenerations,
  markGenerationRecorded,
  readGeneration,
  saveAnswers,
  saveGeneration,
} from './generations';
import { listStores } from './listStores';
import {
  countActive,
  findActiveByName,
  findReplayed,
  type FindReplayedOptions,
} from './lookups';
import { requestPause, requestResume } from './pauseRequests';
import { countByState, readOverview } from './readOverview';
import type { OverviewOptions, StoreOverview } from './StoreOverview';
import type { CreateStoreResult, NewStore } from './NewStore';
import type { StoreBootQueue } from './StoreBootQueue';
import type { StoreGeneration } from './StoreGeneration';
import type { ListStoresOptions, StoreRecordPage } from './StoreList';
import type { StoreGuard, StoreRecord } from './StoreRecord';
import type {
  PatchStoreOptions,
  RequestBootOptions,
  StoreRepository,
  TransitionStoreOptions,
} from './StoreRepository';
import type {
  ChangeStoreOptions,
  RequestStoreDeletionOptions,
  RequestStorePauseOptions,
  RequestStoreResumeOptions,
  RequestStoreRetryOptions,
  RequestStoreUpgradeOptions,
} from './StoreRequestOptions';
import {
  changeStore,
  requestDeletion,
  requestRetry,
  requestUpgrade,
} from './storeRequests';
import { toPatchColumns, toStoreRecord, type StoreRow } from './StoreRow';
import { StoreWriter } from './StoreWriter';

/** Options of {@link DatabaseStoreRepository.create}. */
export interface DatabaseStoreRepositoryOptions {
  knex: Knex;
  events: DatabaseEventLog;
}

/** Stores in the plugin's database. */
export class DatabaseStoreRepository implements StoreRepository {
  static create(
    options: DatabaseStoreRepositoryOptions,
  ): DatabaseStoreRepository {
    return new DatabaseStoreRepository(
      options.knex,
      StoreWriter.create(options),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly writer: StoreWriter,
  ) {}

  async create(request: NewStore): Promise<CreateStoreResult> {
    return createStore(this.writer, request);
  }

  async get(id: string): Promise<StoreRecord | undefined> {
    const row = await this.knex<StoreRow>('stores').where({ id }).first();
    return row && toStoreRecord(row);
  }

  async findActiveByName(slug: string): Promise<StoreRecord | undefined> {
    return findActiveByName(this.knex, slug);
  }

  async countActive(owner: string): Promise<number> {
    return countActive(this.knex, owner);
  }

  async findReplayed(
    options: FindReplayedOptions,
  ): Promise<StoreRecord | undefined> {
    return findReplayed(this.knex, options);
  }

  async list(options: ListStoresOptions): Promise<StoreRecordPage> {
    return listStores(this.knex, options);
  }

  async transition(options: TransitionStoreOptions): Promise<StoreRecord> {
    return this.writer.change(transaction =>
      this.writer.move(transaction, options),
    );
  }

  async patch(options: PatchStoreOptions): Promise<StoreRecord> {
    const { id, guard, patch, events = [] } = options;
    return this.writer.change(async transaction => {
      const written = await this.writer.write(transaction, {
        id,
        guard,
        columns: toPatchColumns(patch),
        events,
      });
      // A retry that left the state as it was is done without a transition.
      return 'retry' in patch
        ? {
            ...written,
            result: await this.writer.settle(transaction, written.result),
          }
        : written;
    });
  }

  async requestDeletion(
    options: RequestStoreDeletionOptions,
  ): Promise<StoreRecord> {
    return requestDeletion(this.writer, options);
  }

  async requestRetry(options: RequestStoreRetryOptions): Promise<StoreRecord> {
    return requestRetry(this.writer, options);
  }

  async requestUpgrade(
    options: RequestStoreUpgradeOptions,
  ): Promise<StoreRecord> {
    return requestUpgrade(this.writer, options);
  }

  async requestPause(options: RequestStorePauseOptions): Promise<StoreRecord> {
    return requestPause(this.writer, options);
  }

  async requestResume(
    options: RequestStoreResumeOptions,
  ): Promise<StoreRecord> {
    return requestResume(this.writer, options);
  }

  async changeStore(options: ChangeStoreOptions): Promise<StoreRecord> {
    return changeStore(this.writer, options);
  }

  async listUnfinished(): Promise<string[]> {
    return this.knex<StoreRow>('stores')
      .whereNot('state', 'DELETED')
      .orderBy(['created_at', 'id'])
      .pluck('id');
  }

  async listDue(now: Date): Promise<string[]> {
    return this.knex<StoreRow>('stores')
      .whereNot('state', 'DELETED')
      .where(due =>
        due
          .where('next_attempt_at', '<=', now)
          .orWhere('paused_until', '<=', now),
      )
      .orderBy(['created_at', 'id'])
      .pluck('id');
  }

  async countByState(): Promise<Record<StoreState, number>> {
    return countByState(this.knex);
  }

  async overview(options: OverviewOptions): Promise<StoreOverview> {
    return readOverview(this.knex, options);
  }

  async bootQueue(): Promise<StoreBootQueue> {
    return readBootQueue(this.knex);
  }

  async requestBoot(options: RequestBootOptions): Promise<StoreRecord> {
    return requestBoot(this.writer, options);
  }

  async saveGeneration(
    generation: StoreGeneration,
    guard?: StoreGuard,
  ): Promise<StoreGeneration> {
    return this.asHolder(generation.storeId, guard, knex =>
      saveGeneration(knex, generation),
    );
  }

  async getGeneration(
    storeId: string,
    generation: number,
  ): Promise<StoreGeneration | undefined> {
    return readGeneration(this.knex, storeId, generation);
  }

  async listGenerations(storeId: string): Promise<StoreGeneration[]> {
    return listGenerations(this.knex, storeId);
  }

  async saveAnswers(
    storeId: string,
    generation: number,
    answers: JsonObject[],
    guard?: StoreGuard,
  ): Promise<void> {
    return this.asHolder(storeId, guard, knex =>
      saveAnswers(knex, storeId, generation, answers),
    );
  }

  async markReleaseRecorded(
    storeId: string,
    generation: number,
    guard?: StoreGuard,
  ): Promise<void> {
    return this.asHolder(storeId, guard, knex =>
      markGenerationRecorded(knex, storeId, generation),
    );
  }

  /** What is kept of a generation depends on nobody's request, but only the holder of the lease may write it. */
  private async asHolder<Result>(
    id: string,
    guard: StoreGuard | undefined,
    write: (knex: Knex) => Promise<Result>,
  ): Promise<Result> {
    if (guard === undefined) {
      return write(this.knex);
    }
    return this.knex.transaction(async transaction => {
      const row = await transaction<StoreRow>('stores')
        .where({ id })
        .forUpdate()
        .first('lease_epoch');
      if (row === undefined) {
        throw new NotFoundError(`no store '${id}'`);
      }
      if (row.lease_epoch !== guard.leaseEpoch) {
        throw new ConflictError(
          `store '${id}' is at lease epoch ${row.lease_epoch}, expected ${guard.leaseEpoch}`,
        );
      }
      return write(transaction);
    });
  }
}
