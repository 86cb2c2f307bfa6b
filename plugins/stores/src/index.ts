export { storesPlugin as default } from './plugin';
export { storesApiRef } from './api';
export type { StoresApi } from './api';
