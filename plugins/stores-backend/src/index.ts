/**
 * Backend plugin of Storeyard.
 *
 * @packageDocumentation
 */

export { storesPlugin as default } from './plugin';
export {
  createStoreConditionalDecision,
  storeConditions,
  storeResourceRef,
  type AccessedStore,
  type StoreFilter,
  type StoreFilterLeaf,
} from './permissions';
