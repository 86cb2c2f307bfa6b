import { randomInt, randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  canTransition,
  createStoreId,
  slugify,
  storeNamespace,
  type StoreEvent,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import type { DatabaseEventLog } from './DatabaseEventLog';
import {
  markGenerationRecorded,
  readGeneration,
  saveGeneration,
} from './generations';
import { listStores } from './listStores';
import {
  guardOf,
  type CreateStoreResult,
  type ListStoresOptions,
  type NewStore,
  type NewStoreEvent,
  type PatchStoreOptions,
  type RequestStoreDeletionOptions,
  type StoreGeneration,
  type StoreGuard,
  type StoreRecord,
  type StoreRecordPage,
  type StoreRepository,
  type TransitionStoreOptions,
} from './StoreRepository';
import { toPatchColumns, toStoreRecord, type StoreRow } from './StoreRow';

const idAttempts = 5;

/** Options of {@link DatabaseStoreRepository.create}. */
export interface DatabaseStoreRepositoryOptions {
  knex: Knex;
  events: DatabaseEventLog;
}

interface WriteOptions {
  id: string;
  guard: StoreGuard;
  columns: Partial<StoreRow>;
  events: readonly NewStoreEvent[];
}

interface Change<Result> {
  result: Result;
  events: StoreEvent[];
}

/**
 * Stores in the plugin's database.
 *
 * Inside a transaction only the transaction is used: SQLite has one
 * connection, and asking for a second would wait for ever.
 */
export class DatabaseStoreRepository implements StoreRepository {
  static create(
    options: DatabaseStoreRepositoryOptions,
  ): DatabaseStoreRepository {
    return new DatabaseStoreRepository(options.knex, options.events);
  }

  private constructor(
    private readonly knex: Knex,
    private readonly events: DatabaseEventLog,
  ) {}

  async create(request: NewStore): Promise<CreateStoreResult> {
    const slug = slugify(request.name);
    if (slug === undefined) {
      throw new InputError(
        `name: '${request.name}' must contain a latin letter or a digit`,
      );
    }
    for (let attempt = 0; attempt < idAttempts; attempt++) {
      const result = await this.change(transaction =>
        this.insert(transaction, request, slug),
      );
      if (result !== undefined) {
        return result;
      }
    }
    throw new ConflictError(
      `no free id for the name '${request.name}' in ${idAttempts} attempts`,
    );
  }

  async get(id: string): Promise<StoreRecord | undefined> {
    const row = await this.knex<StoreRow>('stores').where({ id }).first();
    return row && toStoreRecord(row);
  }

  async list(options: ListStoresOptions): Promise<StoreRecordPage> {
    return listStores(this.knex, options);
  }

  async transition(options: TransitionStoreOptions): Promise<StoreRecord> {
    return this.change(transaction => this.move(transaction, options));
  }

  async patch(options: PatchStoreOptions): Promise<StoreRecord> {
    const { id, guard, patch, events = [] } = options;
    return this.change(transaction =>
      this.write(transaction, {
        id,
        guard,
        columns: toPatchColumns(patch),
        events,
      }),
    );
  }

  async requestDeletion(
    options: RequestStoreDeletionOptions,
  ): Promise<StoreRecord> {
    const { id, actor, correlationId } = options;
    return this.change(async transaction => {
      const row = await transaction<StoreRow>('stores')
        .where({ id })
        .forUpdate()
        .first();
      if (row === undefined) {
        throw new NotFoundError(`no store '${id}'`);
      }
      const record = toStoreRecord(row);
      if (record.state === 'DELETING' || record.state === 'DELETED') {
        return { result: record, events: [] };
      }
      if (record.protected) {
        throw new ConflictError(
          `store '${id}' is protected: take the protection off before deleting it`,
        );
      }
      return this.move(
        transaction,
        {
          id,
          guard: guardOf(record),
          to: 'DELETING',
          patch: {
            reason: undefined,
            message: undefined,
            remedy: undefined,
            attempt: 0,
            nextAttemptAt: undefined,
          },
          events: [
            {
              type: 'deletion-requested',
              message: `Deletion was requested while ${record.state}`,
              actor,
              correlationId,
            },
          ],
        },
        { request_seq: record.requestSeq + 1 },
      );
    });
  }

  async listUnfinished(): Promise<string[]> {
    return this.knex<StoreRow>('stores')
      .whereNot('state', 'DELETED')
      .orderBy(['created_at', 'id'])
      .pluck('id');
  }

  async saveGeneration(generation: StoreGeneration): Promise<StoreGeneration> {
    return saveGeneration(this.knex, generation);
  }

  async getGeneration(
    storeId: string,
    generation: number,
  ): Promise<StoreGeneration | undefined> {
    return readGeneration(this.knex, storeId, generation);
  }

  async markReleaseRecorded(
    storeId: string,
    generation: number,
  ): Promise<void> {
    return markGenerationRecorded(this.knex, storeId, generation);
  }

  /** Runs a change in a transaction of its own and tells of its events after the commit. */
  private async change<Result>(
    make: (transaction: Knex.Transaction) => Promise<Change<Result>>,
  ): Promise<Result> {
    const { result, events } = await this.knex.transaction(make);
    this.events.published(events);
    return result;
  }

  /** The one way from a state to another. */
  private async move(
    transaction: Knex.Transaction,
    options: TransitionStoreOptions,
    columns: Partial<StoreRow> = {},
  ): Promise<Change<StoreRecord>> {
    const { id, guard, to, patch = {}, events } = options;
    if (!canTransition(guard.state, to)) {
      throw new ConflictError(
        `store '${id}' can't go from '${guard.state}' to '${to}'`,
      );
    }
    return this.write(transaction, {
      id,
      guard,
      columns: {
        ...(to === 'DELETED' ? { deleted_at: new Date() } : {}),
        ...toPatchColumns(patch),
        ...columns,
        state: to,
      },
      events,
    });
  }

  private async write(
    transaction: Knex.Transaction,
    options: WriteOptions,
  ): Promise<Change<StoreRecord>> {
    const { id, guard, columns, events } = options;
    const rows: StoreRow[] = await transaction<StoreRow>('stores')
      .where({
        id,
        state: guard.state,
        lease_epoch: guard.leaseEpoch,
        request_seq: guard.requestSeq,
      })
      .update({ ...columns, updated_at: new Date() })
      .returning('*');
    const row = rows.at(0);
    if (row === undefined) {
      throw await this.staleGuard(transaction, id, guard);
    }
    return {
      result: toStoreRecord(row),
      events: await this.events.append(transaction, id, events),
    };
  }

  private async staleGuard(
    transaction: Knex.Transaction,
    id: string,
    guard: StoreGuard,
  ): Promise<Error> {
    const row = await transaction<StoreRow>('stores').where({ id }).first();
    if (row === undefined) {
      return new NotFoundError(`no store '${id}'`);
    }
    const found = describeGuard(guardOf(toStoreRecord(row)));
    return new ConflictError(
      `store '${id}' is ${found}, expected ${describeGuard(guard)}`,
    );
  }

  /** Undefined when the id that was drawn is in use. */
  private async insert(
    transaction: Knex.Transaction,
    request: NewStore,
    slug: string,
  ): Promise<Change<CreateStoreResult | undefined>> {
    const id = createStoreId(slug, below => randomInt(below));
    const row = newStoreRow(request, id, slug);
    const inserted: StoreRow[] = await transaction<StoreRow>('stores')
      .insert(row)
      .onConflict()
      .ignore()
      .returning('*');
    const kept = inserted.at(0);
    if (kept === undefined) {
      const store = await this.findRequested(transaction, request, slug);
      return { result: store && { store, created: false }, events: [] };
    }
    const events = await this.events.append(transaction, id, [
      {
        type: 'requested',
        message: `'${request.name}' was requested with the plan '${request.plan}' for '${request.owner}'`,
        actor: request.createdBy,
        correlationId: request.correlationId,
      },
    ]);
    return { result: { store: toStoreRecord(kept), created: true }, events };
  }

  /** The store that the same request made before, when it is that which is in the way. */
  private async findRequested(
    transaction: Knex.Transaction,
    request: NewStore,
    slug: string,
  ): Promise<StoreRecord | undefined> {
    const { idempotency, createdBy, name } = request;
    if (idempotency !== undefined) {
      const row = await transaction<StoreRow>('stores')
        .where({ created_by: createdBy, idempotency_key: idempotency.key })
        .first();
      if (row?.idempotency_digest === idempotency.digest) {
        return toStoreRecord(row);
      }
      if (row !== undefined) {
        throw new ConflictError(
          `the Idempotency-Key '${idempotency.key}' was used for another request, which made store '${row.id}'`,
        );
      }
    }
    const row = await transaction<StoreRow>('stores')
      .where({ slug })
      .whereNot('state', 'DELETED')
      .first();
    if (row !== undefined) {
      throw new ConflictError(
        `name: '${name}' is taken by store '${row.id}'${
          row.state === 'DELETING' ? ', which is being deleted' : ''
        }`,
      );
    }
    return undefined;
  }
}

function newStoreRow(request: NewStore, id: string, slug: string): StoreRow {
  const now = new Date();
  return {
    id,
    name: request.name,
    slug,
    engine: request.engine,
    plan: request.plan,
    owner: request.owner,
    created_by: request.createdBy,
    parameters: JSON.stringify(request.parameters),
    protected: request.protected,
    paused_until: null,
    state: 'REQUESTED',
    reason: null,
    message: null,
    remedy: null,
    conditions: '[]',
    namespace: storeNamespace(id),
    nonce: randomUUID(),
    chart_version: null,
    image_version: null,
    attempt: 0,
    next_attempt_at: null,
    generation: 1,
    observed_generation: 0,
    lease_owner: null,
    lease_until: null,
    lease_epoch: 0,
    request_seq: 0,
    idempotency_key: request.idempotency?.key ?? null,
    idempotency_digest: request.idempotency?.digest ?? null,
    provisioning_started_at: null,
    created_at: now,
    updated_at: now,
    ready_at: null,
    deleted_at: null,
  };
}

function describeGuard(guard: StoreGuard): string {
  return `'${guard.state}' at lease epoch ${guard.leaseEpoch} and request ${guard.requestSeq}`;
}
