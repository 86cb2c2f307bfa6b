import type { JsonObject } from '@backstage/types';
import type { StoreRepository } from '../database';
import type { StoreMetrics } from './StoreMetrics';

/** The metrics as the API and the listener show them. */
export interface ShownMetrics {
  /** Of the text. */
  contentType: string;
  /** What this process has measured, in Prometheus' text format. */
  text(): Promise<string>;
  /** The main figures out of the database: over all replicas and restarts, as far back as it remembers. */
  summary(): Promise<JsonObject>;
}

/** Options of {@link showMetrics}. */
export interface ShowMetricsOptions {
  metrics: StoreMetrics;
  stores: Pick<StoreRepository, 'overview'>;
}

/** Shows what is measured here, and what the database knows. */
export function showMetrics(options: ShowMetricsOptions): ShownMetrics {
  const { metrics, stores } = options;
  return {
    contentType: metrics.contentType,
    text: () => metrics.text(),
    summary: async () => {
      const overview = await stores.overview({ since: new Date(0) });
      const { DELETED, ...active } = overview.countsByState;
      const { provisioning } = overview;
      return {
        active_stores: active,
        stores_created_total: Object.values(active).reduce(
          (total, count) => total + count,
          DELETED,
        ),
        provisioning_failures_total: Object.fromEntries(
          overview.failuresByReason.map(({ reason, count }) => [reason, count]),
        ),
        provisioning_duration_seconds: {
          count: provisioning?.count ?? 0,
          ...(provisioning && {
            p50: provisioning.p50Seconds,
            p95: provisioning.p95Seconds,
          }),
        },
      };
    },
  };
}
