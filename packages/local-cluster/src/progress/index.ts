export * from './PreparationError';
export * from './PreparationProgress';
