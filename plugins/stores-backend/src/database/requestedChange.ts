import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { nullable } from './columns';
import type { NewStoreEvent } from './NewStoreEvent';
import { guardOf, type StoreRecord } from './StoreRecord';
import type { StoreRequestOptions } from './StoreRequestOptions';
import type { StoreRow } from './StoreRow';
import type { Change, StoreWriter } from './StoreWriter';

/** What a request changes, and what is told of it. */
export interface RequestedChange {
  columns: Partial<StoreRow>;
  events: NewStoreEvent[];
}

/** A change that the loop works on for the one who asked: what it does carries their name until it comes to rest. */
export async function request(
  writer: StoreWriter,
  transaction: Knex.Transaction,
  record: StoreRecord,
  options: StoreRequestOptions,
  { columns, events }: RequestedChange,
): Promise<Change<StoreRecord>> {
  return change(writer, transaction, record, {
    columns: { ...columns, ...asRequested(options) },
    events: events.map(each => event(options, each)),
  });
}

/** Ends the pass that runs: it has read another request number. */
export async function change(
  writer: StoreWriter,
  transaction: Knex.Transaction,
  record: StoreRecord,
  { columns, events }: RequestedChange,
): Promise<Change<StoreRecord>> {
  return writer.write(transaction, {
    id: record.id,
    guard: guardOf(record),
    columns: { ...columns, request_seq: record.requestSeq + 1 },
    events,
  });
}

/** @throws ConflictError when the store is DELETING or DELETED */
export async function lockLiving(
  writer: StoreWriter,
  transaction: Knex.Transaction,
  { id }: StoreRequestOptions,
): Promise<StoreRecord> {
  const record = await writer.lock(transaction, id);
  if (record.state === 'DELETING' || record.state === 'DELETED') {
    throw new ConflictError(
      `store '${id}' is '${record.state}', expected one that is not deleted`,
    );
  }
  return record;
}

/** The columns that make what the loop does that person's. */
export function asRequested({
  actor,
  correlationId,
}: StoreRequestOptions): Partial<StoreRow> {
  return {
    request_actor: actor,
    request_correlation_id: nullable(correlationId),
  };
}

/** An event that somebody caused by a request. */
export function event(
  { actor, correlationId }: StoreRequestOptions,
  told: NewStoreEvent,
): NewStoreEvent {
  return { ...told, actor, correlationId };
}
