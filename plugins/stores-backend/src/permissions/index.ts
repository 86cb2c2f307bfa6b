export * from './StoreAccess';
export * from './StoreFilter';
export * from './storeRules';
