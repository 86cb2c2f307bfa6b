import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { StoreFilter, StoreFilterLeaf } from './StoreFilter';

/** Bounds a query on the table `stores` to the stores that pass a filter. */
export function applyStoreFilter(
  query: Knex.QueryBuilder,
  filter: StoreFilter | undefined,
): void {
  if (filter !== undefined) {
    query.where(group => applyCriteria(group, filter));
  }
}

function applyCriteria(group: Knex.QueryBuilder, filter: StoreFilter): void {
  if ('allOf' in filter) {
    filter.allOf.forEach(each =>
      group.andWhere(part => applyCriteria(part, each)),
    );
  } else if ('anyOf' in filter) {
    // Nothing matches none of them.
    group.whereRaw('1 = 0');
    filter.anyOf.forEach(each =>
      group.orWhere(part => applyCriteria(part, each)),
    );
  } else if ('not' in filter) {
    const { not } = filter;
    group.whereNot(part => applyCriteria(part, not));
  } else {
    applyLeaf(group, filter);
  }
}

function applyLeaf(group: Knex.QueryBuilder, leaf: StoreFilterLeaf): void {
  const { owners, engines, ...unknown } = leaf;
  const [key] = Object.keys(unknown);
  if (key !== undefined) {
    // Passing over it would show stores that nobody meant to show.
    throw new InputError(
      `a filter of stores has the key '${key}', expected one of 'owners', 'engines', 'allOf', 'anyOf', 'not'`,
    );
  }
  // A group without a condition is left out of the query, also out of a `not`.
  group.whereRaw('1 = 1');
  if (owners !== undefined) {
    group.whereIn('owner', [...owners]);
  }
  if (engines !== undefined) {
    group.whereIn('engine', [...engines]);
  }
}
