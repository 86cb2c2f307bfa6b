import type { StoreFilter } from '../database/StoreFilter';

export type { StoreFilter, StoreFilterLeaf } from '../database/StoreFilter';

/** Lets no store pass. */
export const noStores: StoreFilter = { owners: [] };
