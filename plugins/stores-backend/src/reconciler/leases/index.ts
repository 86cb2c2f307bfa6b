export * from './LeaseSession';
export * from './preferredHolder';
export * from './SharedWork';
export * from './StoreLeases';
