import {
  storeStates,
  type Store,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoresApi } from '../api';
import { isFiltered, type StoreFilters } from '../models/storeFilters';

/** What the list shows. */
export interface StoreListing {
  /** Stores of whoever looks, the newest first. */
  own: Store[];
  /** The other ones, the newest first. */
  others: Store[];
  /** Whether there are more of the others. */
  hasMore: boolean;
  /** Over all stores, whatever is filtered. */
  counts: Partial<Record<StoreState, number>>;
  /** Owners that can be filtered by. */
  owners: string[];
}

/** Options of {@link readStoreListing}. */
export interface ReadStoreListingOptions {
  filters: StoreFilters;
  /** Entity refs that whoever looks acts for. */
  ownRefs: readonly string[];
  /** How many pages of stores to read. */
  pages: number;
  signal: AbortSignal;
}

/** As many as a page may have, so that most installations are read by one request. */
const pageSize = 100;

interface Query {
  query?: string;
  states?: readonly StoreState[];
  owner?: string;
  signal: AbortSignal;
}

async function readPages(
  api: StoresApi,
  query: Query,
  pages: number,
): Promise<{ items: Store[]; hasMore: boolean }> {
  const items: Store[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < pages; read++) {
    const page = await api.listStores({ ...query, cursor, limit: pageSize });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined) {
      break;
    }
  }
  return { items, hasMore: cursor !== undefined };
}

async function readOwn(
  api: StoresApi,
  query: Query,
  ownRefs: readonly string[],
): Promise<Store[]> {
  const owners = ownRefs.filter(ref => !query.owner || query.owner === ref);
  const found = await Promise.all(
    owners.map(owner => readPages(api, { ...query, owner }, Infinity)),
  );
  return found
    .flatMap(({ items }) => items)
    .sort((left, right) => right.createdAt.localeCompare(left.createdAt));
}

function countStates(stores: Store[]): StoreListing['counts'] {
  return Object.fromEntries(
    storeStates.map(state => [
      state,
      stores.filter(store => store.state === state).length,
    ]),
  );
}

/** Reads the list: one request where all stores fit into one page and nothing is filtered. */
export async function readStoreListing(
  api: StoresApi,
  options: ReadStoreListingOptions,
): Promise<StoreListing> {
  const { filters, ownRefs, pages, signal } = options;
  const query = {
    query: filters.text || undefined,
    states: filters.state && [filters.state],
    owner: filters.owner,
    signal,
  };
  const isOwn = ({ owner }: Store) => ownRefs.includes(owner);
  const { items, hasMore } = filters.mine
    ? { items: [], hasMore: false }
    : await readPages(api, query, pages);
  const own =
    filters.mine || hasMore
      ? await readOwn(api, query, ownRefs)
      : items.filter(isOwn);
  const overview =
    hasMore || isFiltered(filters)
      ? await api.getOverview({ signal })
      : undefined;
  return {
    own,
    others: items.filter(store => !isOwn(store)),
    hasMore,
    counts: overview?.countsByState ?? countStates(items),
    owners: [
      ...new Set([
        ...(overview?.activeByOwner.map(({ owner }) => owner) ?? []),
        ...items.map(({ owner }) => owner),
        ...own.map(({ owner }) => owner),
      ]),
    ].sort(),
  };
}
