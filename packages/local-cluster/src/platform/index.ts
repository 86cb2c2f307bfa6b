export * from './ClusterAccess';
export * from './installPlatform';
export * from './uninstallPlatform';
