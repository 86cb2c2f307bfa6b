import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  canTransition,
  type StoreEvent,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import type { DatabaseEventLog } from './DatabaseEventLog';
import type { NewStoreEvent } from './NewStoreEvent';
import { guardOf, type StoreGuard, type StoreRecord } from './StoreRecord';
import type { TransitionStoreOptions } from './StoreRepository';
import { toPatchColumns, toStoreRecord, type StoreRow } from './StoreRow';

const restingStates: readonly StoreState[] = [
  'READY',
  'DEGRADED',
  'FAILED',
  'DELETED',
];

/** What a change made, and the events to tell of once it is committed. */
export interface Change<Result> {
  result: Result;
  events: StoreEvent[];
}

/** Options of {@link StoreWriter.write}. */
export interface WriteStoreOptions {
  id: string;
  guard: StoreGuard;
  columns: Partial<StoreRow>;
  events: readonly NewStoreEvent[];
}

/** Options of {@link StoreWriter.create}. */
export interface StoreWriterOptions {
  knex: Knex;
  events: DatabaseEventLog;
}

/**
 * Writes rows of stores under their guard, each with the events that tell of
 * it.
 *
 * Inside a transaction only the transaction is used: SQLite has one
 * connection, and asking for a second would wait for ever.
 */
export class StoreWriter {
  static create(options: StoreWriterOptions): StoreWriter {
    return new StoreWriter(options.knex, options.events);
  }

  private constructor(
    private readonly knex: Knex,
    readonly events: DatabaseEventLog,
  ) {}

  /** Runs a change in a transaction of its own and tells of its events after the commit. */
  async change<Result>(
    make: (transaction: Knex.Transaction) => Promise<Change<Result>>,
  ): Promise<Result> {
    const { result, events } = await this.knex.transaction(make);
    this.events.published(events);
    return result;
  }

  /** Reads a store and keeps others from changing it until the transaction ends. */
  async lock(transaction: Knex.Transaction, id: string): Promise<StoreRecord> {
    const row = await transaction<StoreRow>('stores')
      .where({ id })
      .forUpdate()
      .first();
    if (row === undefined) {
      throw new NotFoundError(`no store '${id}'`);
    }
    return toStoreRecord(row);
  }

  /** The one way from a state to another. */
  async move(
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
    const written = await this.write(transaction, {
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
    return {
      ...written,
      result: await this.settle(transaction, written.result),
    };
  }

  /** Changes a row when its guard holds. */
  async write(
    transaction: Knex.Transaction,
    options: WriteStoreOptions,
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
    const record = toStoreRecord(row);
    return {
      result: record,
      events: await this.events.append(
        transaction,
        id,
        events.map(event => ({
          ...event,
          actor: event.actor ?? record.requestActor,
          correlationId: event.correlationId ?? record.requestCorrelationId,
        })),
      ),
    };
  }

  /** A store that has come to rest works on nobody's request any more, and its first READY is noted. */
  async settle(
    transaction: Knex.Transaction,
    record: StoreRecord,
  ): Promise<StoreRecord> {
    const { id, state } = record;
    const columns: Partial<StoreRow> = {
      ...(restingStates.includes(state) &&
      (record.requestActor ?? record.requestCorrelationId) !== undefined
        ? { request_actor: null, request_correlation_id: null }
        : {}),
      ...(state === 'READY' && record.firstReadyAt === undefined
        ? { first_ready_at: record.updatedAt }
        : {}),
    };
    if (Object.keys(columns).length === 0) {
      return record;
    }
    const [row] = await transaction<StoreRow>('stores')
      .where({ id })
      .update(columns)
      .returning('*');
    return row === undefined ? record : toStoreRecord(row);
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
}

function describeGuard(guard: StoreGuard): string {
  return `'${guard.state}' at lease epoch ${guard.leaseEpoch} and request ${guard.requestSeq}`;
}
