export * from './DatabaseEventLog';
export * from './DatabaseInstallationRepository';
export * from './DatabaseStoreRepository';
export * from './EventLog';
export * from './InstallationRepository';
export * from './migrateDatabase';
export * from './StoreRepository';
