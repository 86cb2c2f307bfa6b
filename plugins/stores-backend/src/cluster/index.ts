export { applyInOrder, type AppliedObject } from './applyInOrder';
export { ClusterClient, FIELD_MANAGER } from './ClusterClient';
export type { Applied } from './ClusterRequests';
export {
  type ClusterCapabilities,
  readClusterCapabilities,
} from './ClusterCapabilities';
export { ClusterCapacity } from './ClusterCapacity';
export { ClusterConnection } from './ClusterConnection';
export * from './ClusterError';
export * from './readiness';
export * from './resources';
export { retryShortLived } from './retryShortLived';
export { checkPolicy, type PolicyVerdict } from './checkPolicy';
export { ShopProbe, type ProbeRequest } from './ShopProbe';
export * from './StoreObservation';
export * from './drift';
export {
  type ObserveOptions,
  StoreObserver,
  toNamespaceFacts,
} from './StoreObserver';
export { parseQuantity } from './parseQuantity';
export { podRequests, type RequestingSpec } from './podRequests';
export { StoreLogsReader, type ReadStoreLogsOptions } from './StoreLogsReader';
export { StoreReader } from './StoreReader';
export { StoreResourcesReader } from './StoreResourcesReader';
export * from './types';
export * from './watch';
