export * from './PreparationError';
export * from './PreparationProgress';
export * from './reportParts';
export type { PlannedPart } from './PartList';
