export { applyInOrder } from './applyInOrder';
export { ClusterClient, FIELD_MANAGER } from './ClusterClient';
export {
  type ClusterCapabilities,
  readClusterCapabilities,
} from './ClusterCapabilities';
export { ClusterConnection } from './ClusterConnection';
export * from './ClusterError';
export * from './readiness';
export * from './resources';
export { retryShortLived } from './retryShortLived';
export { checkPolicy, type PolicyVerdict } from './checkPolicy';
export { ShopProbe, type ProbeRequest } from './ShopProbe';
export * from './StoreObservation';
export { type ObserveOptions, StoreObserver } from './StoreObserver';
export * from './types';
