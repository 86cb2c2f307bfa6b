import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import type { StoreFilter } from './StoreFilter';
import type { StoreRecord } from './StoreRecord';

/** Options of {@link StoreRepository.list}. */
export interface ListStoresOptions {
  /** Only stores that the caller may see. */
  visible?: StoreFilter;
  /** Only stores in one of these states; without it all but DELETED ones. */
  states?: readonly StoreState[];
  owner?: string;
  engine?: string;
  /** Only stores whose name or id contains it, whatever the case. */
  query?: string;
  /** Newest first unless told otherwise. */
  order?: StoreOrder;
  cursor?: string;
  limit: number;
}

/** What a list of stores is ordered by; a dash means descending. */
export type StoreOrder = '-createdAt' | 'createdAt' | 'name' | '-name';

/** One page of records. */
export interface StoreRecordPage {
  items: StoreRecord[];
  nextCursor?: string;
}
