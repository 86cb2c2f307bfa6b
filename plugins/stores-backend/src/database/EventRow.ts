import type { JsonObject } from '@backstage/types';
import {
  storeEventTypes,
  type StoreEvent,
} from '@storeyard/backstage-plugin-stores-common';
import {
  nullable,
  optional,
  optionalText,
  toDate,
  type TimeColumn,
} from './columns';
import type { NewStoreEvent } from './NewStoreEvent';

/** A row of the table `store_events`. */
export interface EventRow {
  sequence: number | string;
  store_id: string;
  type: string;
  actor: string | null;
  message: string;
  correlation_id: string | null;
  details: string | null;
  created_at: TimeColumn;
}

/** Writes an event as a row. */
export function toEventRow(
  event: NewStoreEvent,
  place: { sequence: number; storeId: string; time: Date },
): EventRow {
  return {
    sequence: place.sequence,
    store_id: place.storeId,
    type: event.type,
    actor: nullable(event.actor),
    message: event.message,
    correlation_id: nullable(event.correlationId),
    details: event.details === undefined ? null : JSON.stringify(event.details),
    created_at: place.time,
  };
}

/** Reads a row. */
export function toEvent(row: EventRow): StoreEvent {
  const type = storeEventTypes.find(each => each === row.type);
  if (type === undefined) {
    throw new Error(
      `event '${row.sequence}' has the unknown type '${row.type}'`,
    );
  }
  return {
    sequence: Number(row.sequence),
    storeId: row.store_id,
    type,
    time: toDate(row.created_at).toISOString(),
    actor: optionalText(row.actor),
    message: row.message,
    correlationId: optionalText(row.correlation_id),
    details: optional(row.details, text => JSON.parse(text) as JsonObject),
  };
}
