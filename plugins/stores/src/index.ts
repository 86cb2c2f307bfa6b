/**
 * Pages of stores for Backstage's new frontend system.
 *
 * @packageDocumentation
 */

export { storesPlugin as default } from './plugin';
export { storesApiRef } from './api';
export type { StoresApi } from './api';
export { CreateStoreButton, StoresSummary } from './home';
export { storesTranslationRef } from './translation';
