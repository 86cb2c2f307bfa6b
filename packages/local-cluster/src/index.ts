export * from './control-plane';
export * from './createCluster';
export * from './LocalCluster';
export { isPortFree } from './native/choosePorts';
export * from './prepareCluster';
export * from './preflight';
export * from './programs';
export * from './progress';
export * from './stateDirectory';
