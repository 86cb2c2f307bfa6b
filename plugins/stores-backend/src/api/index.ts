export * from './Caller';
export * from './createRouter';
export * from './PlanCatalog';
export * from './RateLimits';
export * from './StoreOrchestrator';
