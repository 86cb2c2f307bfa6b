export * from './ClusterAccess';
export * from './installPlatform';
