import {
  isStoreState,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';

/** What is left of the list of stores. */
export interface StoreFilters {
  text: string;
  state?: StoreState;
  owner?: string;
  /** Only what whoever looks acts for. */
  mine: boolean;
}

/** No filter at all. */
export const noFilters: StoreFilters = { text: '', mine: false };

/** Whether something is filtered. */
export function isFiltered({
  text,
  state,
  owner,
  mine,
}: StoreFilters): boolean {
  return text !== '' || state !== undefined || owner !== undefined || mine;
}

/** Filters out of the page's address, so that a filtered list can be linked to. */
export function parseFilters(search: URLSearchParams): StoreFilters {
  const state = search.get('state');
  return {
    text: search.get('q') ?? '',
    state: isStoreState(state) ? state : undefined,
    owner: search.get('owner') ?? undefined,
    mine: search.get('mine') === 'true',
  };
}

/** Filters for the page's address. */
export function formatFilters(filters: StoreFilters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.text) {
    search.set('q', filters.text);
  }
  if (filters.state) {
    search.set('state', filters.state);
  }
  if (filters.owner) {
    search.set('owner', filters.owner);
  }
  if (filters.mine) {
    search.set('mine', 'true');
  }
  return search;
}
