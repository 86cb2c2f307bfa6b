export * from './Caller';
export * from './createRouter';
export * from './PlanCatalog';
