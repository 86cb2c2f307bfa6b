export {
  MetricsListener,
  type MetricsListenerOptions,
} from './MetricsListener';
export { showMetrics, type ShownMetrics } from './shownMetrics';
export { StoreMetrics, type StoreMetricsOptions } from './StoreMetrics';
