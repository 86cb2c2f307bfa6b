export { storesTranslationRef } from './storesTranslationRef';
export type { StoresTranslate } from './storesTranslationRef';
export { useStoresTranslation } from './useStoresTranslation';
