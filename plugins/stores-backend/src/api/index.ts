export * from './Caller';
export * from './createRouter';
export * from './guardConfig';
export * from './PlanCatalog';
export * from './RateLimits';
export * from './StoreOrchestrator';
