import type { StoreEventPage } from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { applyStoreFilter } from './applyStoreFilter';
import type { ReadEventsBackOptions, ReadEventsOptions } from './EventLog';
import { toEvent, type EventRow } from './EventRow';

/** See `EventLog.read`. */
export async function readEvents(
  knex: Knex,
  options: ReadEventsOptions,
): Promise<StoreEventPage> {
  const { after, limit } = options;
  const rows = await select(knex, options).orderBy('sequence').limit(limit);
  const items = rows.map(toEvent);
  return { items, cursor: items.at(-1)?.sequence ?? after };
}

/** See `EventLog.readBack`. */
export async function readEventsBack(
  knex: Knex,
  options: ReadEventsBackOptions,
): Promise<StoreEventPage> {
  const { after = 0, before, limit } = options;
  const query = select(knex, { ...options, after });
  if (before !== undefined) {
    query.andWhere('sequence', '<', before);
  }
  // One more than asked for tells whether there are older ones.
  const rows = await query.orderBy('sequence', 'desc').limit(limit + 1);
  const items = rows.slice(0, limit).map(toEvent);
  return {
    items,
    cursor: items.at(0)?.sequence ?? after,
    older: rows.length > limit ? items.at(-1)?.sequence : undefined,
  };
}

function select(
  knex: Knex,
  { storeId, visible, after }: Omit<ReadEventsOptions, 'limit'>,
): Knex.QueryBuilder<EventRow, EventRow[]> {
  const query = knex<EventRow>('store_events')
    .select('*')
    .where('sequence', '>', after);
  if (storeId !== undefined) {
    query.andWhere('store_id', storeId);
  }
  if (visible !== undefined) {
    const stores = knex('stores').select('id');
    applyStoreFilter(stores, visible);
    query.whereIn('store_id', stores);
  }
  return query as Knex.QueryBuilder<EventRow, EventRow[]>;
}
