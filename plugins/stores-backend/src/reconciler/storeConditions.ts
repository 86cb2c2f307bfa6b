import type {
  StoreCondition,
  StoreConditionType,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreRecord } from '../database/StoreRecord';

export type ConditionChange = Pick<
  StoreCondition,
  'type' | 'status' | 'reason' | 'message'
>;

/** How far the application of a generation is: each value is written with the event that tells of it. */
export const APPLIED = {
  requested: 'Requested',
  rendered: 'Rendered',
  /** An upgrade's new images are being pulled in a throw-away pod. */
  trial: 'ImageTrial',
  /** They are there: the switch may be made. */
  tried: 'ImagesThere',
  upgradeFailed: 'UpgradeFailed',
  secrets: 'SecretsApplied',
  /** Everything is there but database and shop, which wait for their turn. */
  held: 'WaitingToBoot',
  objects: 'ObjectsApplied',
} as const;

/** How far a deletion is, as the reason of `NamespaceReady`. */
export const DELETION = {
  releaseRemoved: 'ReleaseRemoved',
  workloadsDeleted: 'WorkloadsDeleted',
  namespaceDeleting: 'NamespaceDeleting',
} as const;

export function findCondition(
  record: Pick<StoreRecord, 'conditions'>,
  type: StoreConditionType,
): StoreCondition | undefined {
  return record.conditions.find(condition => condition.type === type);
}

export function isTrue(
  record: Pick<StoreRecord, 'conditions'>,
  type: StoreConditionType,
): boolean {
  return findCondition(record, type)?.status === 'True';
}

/** The reason of `Applied` for the store's present generation; undefined when nothing of it was done yet. */
export function appliedStage(
  record: Pick<StoreRecord, 'conditions' | 'generation'>,
): string | undefined {
  const applied = findCondition(record, 'Applied');
  return applied?.observedGeneration === record.generation
    ? applied.reason
    : undefined;
}

/** The generation that is in the cluster: an upgrade that is not switched to yet, or failed, leaves the one before. */
export function appliedGeneration(
  record: Pick<StoreRecord, 'generation' | 'observedGeneration'>,
): number {
  return record.observedGeneration || record.generation;
}

/** Whether there is something to lose: volumes that the store was READY with. */
export function hasData(record: Pick<StoreRecord, 'claimUids'>): boolean {
  return record.claimUids !== undefined;
}

/** Whether a generation waits to be put in the place of the one that is in the cluster. */
export function isUpgradePending(
  record: Pick<
    StoreRecord,
    'conditions' | 'generation' | 'observedGeneration' | 'state'
  >,
): boolean {
  return (
    record.generation > 1 &&
    record.generation > record.observedGeneration &&
    appliedStage(record) !== APPLIED.upgradeFailed
  );
}

/** The record's conditions with changes put in; `lastTransitionTime` moves only when a status does. */
export function withConditions(
  record: Pick<StoreRecord, 'conditions' | 'generation'>,
  changes: readonly ConditionChange[],
  now: Date,
): StoreCondition[] {
  const conditions = new Map(
    record.conditions.map(condition => [condition.type, condition]),
  );
  for (const change of changes) {
    const before = conditions.get(change.type);
    conditions.set(change.type, {
      ...change,
      observedGeneration: record.generation,
      lastTransitionTime:
        before?.status === change.status
          ? before.lastTransitionTime
          : now.toISOString(),
    });
  }
  return [...conditions.values()];
}
