import { slugify } from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { applyStoreFilter } from './applyStoreFilter';
import { decodeStoreCursor, encodeStoreCursor } from './storeCursor';
import type { ListStoresOptions, StoreRecordPage } from './StoreList';
import { toStoreRecord, type StoreRow } from './StoreRow';

/** A page of stores by keyset, so that what is created meanwhile moves nothing. */
export async function listStores(
  knex: Knex,
  options: ListStoresOptions,
): Promise<StoreRecordPage> {
  const { order = '-createdAt', cursor, limit } = options;
  const byName = order === 'name' || order === '-name';
  const descending = order.startsWith('-');
  const column = byName ? 'slug' : 'created_at';
  const direction = descending ? 'desc' : 'asc';
  const query = filterStores(knex<StoreRow>('stores'), options)
    .orderBy([
      { column, order: direction },
      { column: 'id', order: direction },
    ])
    .limit(limit + 1);
  if (cursor !== undefined) {
    const last = decodeStoreCursor(cursor, order);
    const value = byName ? String(last.value) : new Date(Number(last.value));
    const behind = descending ? '<' : '>';
    query.andWhere(position =>
      position
        .where(column, behind, value)
        .orWhere(same =>
          same.where(column, value).where('id', behind, last.id),
        ),
    );
  }
  const records = (await query).map(toStoreRecord);
  const items = records.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      last !== undefined && records.length > limit
        ? encodeStoreCursor({
            order,
            value: byName ? last.slug : last.createdAt.getTime(),
            id: last.id,
          })
        : undefined,
  };
}

function filterStores(
  stores: Knex.QueryBuilder<StoreRow, StoreRow[]>,
  options: ListStoresOptions,
): Knex.QueryBuilder<StoreRow, StoreRow[]> {
  const { states, owner, engine, query, visible } = options;
  applyStoreFilter(stores, visible);
  if (states === undefined) {
    stores.whereNot('state', 'DELETED');
  } else {
    stores.whereIn('state', [...states]);
  }
  if (owner !== undefined) {
    stores.where('owner', owner);
  }
  if (engine !== undefined) {
    stores.where('engine', engine);
  }
  if (query !== undefined && query !== '') {
    const part = containing(query.toLocaleLowerCase('en-US'));
    const slug = slugify(query);
    stores.where(any => {
      any
        .whereRaw(`lower(name) LIKE ? ESCAPE '\\'`, part)
        .orWhereRaw(`id LIKE ? ESCAPE '\\'`, part);
      if (slug !== undefined) {
        any.orWhereRaw(`slug LIKE ? ESCAPE '\\'`, containing(slug));
      }
    });
  }
  return stores;
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, character => `\\${character}`)}%`;
}
