export { createStoreCreateAction } from './storeCreate';
export { createStoreDeleteAction } from './storeDelete';
export { createStoreWaitAction } from './storeWait';
export type { StoreActionOptions } from './storeActionOptions';
