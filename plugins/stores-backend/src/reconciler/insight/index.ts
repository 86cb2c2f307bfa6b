export { ClusterRoom } from './ClusterRoom';
export { StoreInsight, type StoreLogsQuery } from './StoreInsight';
