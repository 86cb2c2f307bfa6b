export { ClusterRoom } from './ClusterRoom';
export { PlatformInsight } from './PlatformInsight';
export { StoreInsight, type StoreLogsQuery } from './StoreInsight';
