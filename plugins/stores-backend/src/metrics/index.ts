export {
  MetricsListener,
  type MetricsListenerOptions,
  type ShownMetrics,
} from './MetricsListener';
export { StoreMetrics, type StoreMetricsOptions } from './StoreMetrics';
