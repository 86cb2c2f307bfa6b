export * from './requirePermission';
