export { requestStores } from './requestStores';
export type { RequestStoresOptions, StoreTime } from './requestStores';
