import type { PermissionCriteria } from '@backstage/plugin-permission-common';

/**
 * Stores with one of these owners and one of these engines; a key that is absent lets all pass, an empty list none.
 *
 * @public
 */
export interface StoreFilterLeaf {
  owners?: readonly string[];
  engines?: readonly string[];
}

/**
 * Which stores a caller may see, in a form that the database can apply.
 *
 * @public
 */
export type StoreFilter = PermissionCriteria<StoreFilterLeaf>;
