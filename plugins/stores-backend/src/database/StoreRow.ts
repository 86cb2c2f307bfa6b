import type { JsonObject } from '@backstage/types';
import {
  isStoreReason,
  isStoreState,
  type StoreCondition,
} from '@storeyard/backstage-plugin-stores-common';
import {
  nullable,
  optional,
  optionalText,
  toDate,
  type TimeColumn,
} from './columns';
import type { StorePatch, StoreRecord } from './StoreRecord';
import type { StoreRepair } from './StoreRepair';

/** A row of the table `stores`. */
export interface StoreRow {
  id: string;
  name: string;
  slug: string;
  engine: string;
  plan: string;
  owner: string;
  created_by: string;
  parameters: string;
  protected: boolean | number;
  paused_until: TimeColumn | null;
  pause_reason: string | null;
  paused_by: string | null;
  state: string;
  reason: string | null;
  message: string | null;
  remedy: string | null;
  conditions: string;
  namespace: string;
  nonce: string;
  chart_version: string | null;
  image_version: string | null;
  attempt: number;
  next_attempt_at: TimeColumn | null;
  generation: number;
  observed_generation: number;
  lease_owner: string | null;
  lease_epoch: number;
  request_seq: number;
  retry_request_seq: number | null;
  retry_accept_data_loss: boolean | number | null;
  request_actor: string | null;
  request_correlation_id: string | null;
  claim_uids: string | null;
  repairs: string | null;
  boot_queued_at: TimeColumn | null;
  boot_started_at: TimeColumn | null;
  idempotency_key: string | null;
  idempotency_digest: string | null;
  provisioning_started_at: TimeColumn | null;
  created_at: TimeColumn;
  updated_at: TimeColumn;
  ready_at: TimeColumn | null;
  first_ready_at: TimeColumn | null;
  deleted_at: TimeColumn | null;
}

/** Reads a row. */
export function toStoreRecord(row: StoreRow): StoreRecord {
  const { state, reason } = row;
  if (!isStoreState(state)) {
    throw new Error(`store '${row.id}' has the unknown state '${state}'`);
  }
  if (reason !== null && !isStoreReason(reason)) {
    throw new Error(`store '${row.id}' has the unknown reason '${reason}'`);
  }
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    engine: row.engine,
    plan: row.plan,
    owner: row.owner,
    createdBy: row.created_by,
    parameters: JSON.parse(row.parameters) as JsonObject,
    protected: Boolean(row.protected),
    pausedUntil: optional(row.paused_until, toDate),
    pauseReason: optionalText(row.pause_reason),
    pausedBy: optionalText(row.paused_by),
    state,
    reason: reason ?? undefined,
    message: optionalText(row.message),
    remedy: optionalText(row.remedy),
    conditions: JSON.parse(row.conditions) as StoreCondition[],
    namespace: row.namespace,
    nonce: row.nonce,
    chartVersion: optionalText(row.chart_version),
    imageVersion: optionalText(row.image_version),
    attempt: row.attempt,
    nextAttemptAt: optional(row.next_attempt_at, toDate),
    generation: row.generation,
    observedGeneration: row.observed_generation,
    leaseEpoch: row.lease_epoch,
    leaseOwner: optionalText(row.lease_owner),
    requestSeq: row.request_seq,
    retry: optional(row.retry_request_seq, requestSeq => ({
      requestSeq,
      acceptDataLoss: Boolean(row.retry_accept_data_loss),
    })),
    requestActor: optionalText(row.request_actor),
    requestCorrelationId: optionalText(row.request_correlation_id),
    claimUids: optional(
      row.claim_uids,
      text => JSON.parse(text) as Record<string, string>,
    ),
    repairs: optional(row.repairs, text => JSON.parse(text) as StoreRepair[]),
    bootQueuedAt: optional(row.boot_queued_at, toDate),
    bootStartedAt: optional(row.boot_started_at, toDate),
    provisioningStartedAt: optional(row.provisioning_started_at, toDate),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    readyAt: optional(row.ready_at, toDate),
    firstReadyAt: optional(row.first_ready_at, toDate),
    deletedAt: optional(row.deleted_at, toDate),
  };
}

type PatchKey = keyof StorePatch;

type PatchWriters = {
  [Key in PatchKey]-?: (patch: Pick<StorePatch, Key>) => Partial<StoreRow>;
};

/** One writer for each column that a patch may change. */
const patchWriters: PatchWriters = {
  reason: ({ reason }) => ({ reason: nullable(reason) }),
  message: ({ message }) => ({ message: nullable(message) }),
  remedy: ({ remedy }) => ({ remedy: nullable(remedy) }),
  conditions: ({ conditions }) => ({
    conditions: JSON.stringify(conditions ?? []),
  }),
  chartVersion: ({ chartVersion }) => ({
    chart_version: nullable(chartVersion),
  }),
  imageVersion: ({ imageVersion }) => ({
    image_version: nullable(imageVersion),
  }),
  attempt: ({ attempt }) => ({ attempt: attempt ?? 0 }),
  nextAttemptAt: ({ nextAttemptAt }) => ({
    next_attempt_at: nullable(nextAttemptAt),
  }),
  observedGeneration: ({ observedGeneration }) => ({
    observed_generation: observedGeneration ?? 0,
  }),
  pausedUntil: ({ pausedUntil }) => ({ paused_until: nullable(pausedUntil) }),
  pauseReason: ({ pauseReason }) => ({ pause_reason: nullable(pauseReason) }),
  pausedBy: ({ pausedBy }) => ({ paused_by: nullable(pausedBy) }),
  retry: ({ retry }) => ({
    retry_request_seq: nullable(retry?.requestSeq),
    retry_accept_data_loss: nullable(retry?.acceptDataLoss),
  }),
  claimUids: ({ claimUids }) => ({
    claim_uids: claimUids === undefined ? null : JSON.stringify(claimUids),
  }),
  repairs: ({ repairs }) => ({
    repairs: repairs === undefined ? null : JSON.stringify(repairs),
  }),
  bootQueuedAt: ({ bootQueuedAt }) => ({
    boot_queued_at: nullable(bootQueuedAt),
  }),
  bootStartedAt: ({ bootStartedAt }) => ({
    boot_started_at: nullable(bootStartedAt),
  }),
  provisioningStartedAt: ({ provisioningStartedAt }) => ({
    provisioning_started_at: nullable(provisioningStartedAt),
  }),
  readyAt: ({ readyAt }) => ({ ready_at: nullable(readyAt) }),
  deletedAt: ({ deletedAt }) => ({ deleted_at: nullable(deletedAt) }),
};

/** The columns that a patch changes: what it names, also when it clears it. */
export function toPatchColumns(patch: StorePatch): Partial<StoreRow> {
  const columns: Partial<StoreRow> = {};
  for (const key of Object.keys(patchWriters) as PatchKey[]) {
    if (key in patch) {
      Object.assign(columns, patchWriters[key](patch));
    }
  }
  return columns;
}
