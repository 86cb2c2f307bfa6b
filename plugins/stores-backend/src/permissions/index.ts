export * from './requirePermission';
export * from './StoreAccess';
export * from './StoreFilter';
export * from './storeRules';
