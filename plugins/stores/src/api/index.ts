export { storesApi, storesApiRef } from './storesApi';
export type { StoresApi } from './storesApi';
