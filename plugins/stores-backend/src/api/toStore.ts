import type {
  Store,
  StoreUrls,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord } from '../database';

/** What of a store isn't in its record. */
export interface StoreSurroundings {
  urls: StoreUrls;
  queuePosition?: number;
}

/** A store as the REST API shows it. */
export function toStore(
  record: StoreRecord,
  { urls, queuePosition }: StoreSurroundings,
): Store {
  return {
    id: record.id,
    name: record.name,
    engine: record.engine,
    plan: record.plan,
    owner: record.owner,
    createdBy: record.createdBy,
    parameters: record.parameters,
    protected: record.protected,
    pausedUntil: record.pausedUntil?.toISOString(),
    pauseReason: record.pauseReason,
    pausedBy: record.pausedBy,
    state: record.state,
    reason: record.reason,
    message: record.message,
    remedy: record.remedy,
    conditions: record.conditions,
    queuePosition,
    urls,
    namespace: record.namespace,
    chartVersion: record.chartVersion,
    imageVersion: record.imageVersion,
    attempt: record.attempt,
    nextAttemptAt: record.nextAttemptAt?.toISOString(),
    generation: record.generation,
    observedGeneration: record.observedGeneration,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    readyAt: record.readyAt?.toISOString(),
    deletedAt: record.deletedAt?.toISOString(),
  };
}
