import type { StoreObservation, VolumeObject } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { createDiagnosis } from './Diagnosis';
import { diagnoseOwnership } from './diagnoseLoss';
import type { PlanFacts, StoreStep } from './StoreStep';
import { DELETION, findCondition } from './storeConditions';

/** A store's own parts get this long in all to go before its namespace is deleted over them. */
export const DELETION_PATIENCE_SECONDS = 30;

/** What brings a namespace back later than this may be a restored backup. */
const REAPPEARANCE_SECONDS = 600;

const DELETION_POLL_MS = 500;

/** Release, workloads and claims, namespace, volumes: what is there of them is the next to go. */
export function planDeletion(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  const { namespace, volumes = [], pods = [], claims = [] } = observation;
  if (!namespace) return { type: 'wait', inMs: DELETION_POLL_MS };
  if (namespace.exists && !namespace.ours) {
    return {
      type: 'finish-deletion',
      message: `Deleted; the namespace '${record.namespace}' is not ours and was not touched`,
    };
  }
  if (!namespace.exists) return planAfterNamespace(record, volumes);
  const disowned = diagnoseOwnership(record, observation);
  if (disowned) {
    return { type: 'wait', inMs: DELETION_POLL_MS, diagnosis: disowned };
  }
  const progress = findCondition(record, 'NamespaceReady')?.reason;
  if (namespace.terminating) {
    return progress === DELETION.namespaceDeleting
      ? planTermination(
          [...namespace.blockers, ...(observation.leftovers ?? [])],
          facts,
        )
      : { type: 'delete-namespace', uid: namespace.uid, underway: true };
  }
  if (
    progress !== DELETION.releaseRemoved &&
    progress !== DELETION.workloadsDeleted
  ) {
    return { type: 'remove-release' };
  }
  if (
    progress === DELETION.releaseRemoved &&
    facts.deletingSeconds < DELETION_PATIENCE_SECONDS
  ) {
    return { type: 'delete-workloads' };
  }
  const left = pods.length + claims.length;
  return left > 0 && facts.deletingSeconds < DELETION_PATIENCE_SECONDS
    ? { type: 'wait', inMs: DELETION_POLL_MS }
    : { type: 'delete-namespace', uid: namespace.uid, underway: false };
}

function planAfterNamespace(
  record: StoreRecord,
  volumes: readonly VolumeObject[],
): StoreStep {
  const going = volumes.filter(
    ({ spec }) => spec?.persistentVolumeReclaimPolicy === 'Delete',
  );
  if (going.length > 0) {
    return {
      type: 'wait',
      inMs: DELETION_POLL_MS,
      diagnosis: createDiagnosis(
        'DeletionBlocked',
        `The namespace is gone, volumes are still being deleted: ${namesOf(
          going,
        )}`,
        0,
      ),
    };
  }
  return {
    type: 'finish-deletion',
    message:
      volumes.length > 0
        ? `Deleted with its namespace '${
            record.namespace
          }'; volumes that stay by their reclaim policy: ${namesOf(volumes)}`
        : `Deleted with its namespace '${record.namespace}' and its volumes`,
  };
}

function namesOf(volumes: readonly VolumeObject[]): string {
  return volumes.map(({ metadata }) => `'${metadata.name}'`).join(', ');
}

function planTermination(
  blockers: readonly string[],
  facts: PlanFacts,
): StoreStep {
  const blocked =
    blockers.length > 0 && facts.deletingSeconds >= DELETION_PATIENCE_SECONDS;
  return {
    type: 'wait',
    inMs: DELETION_POLL_MS,
    ...(blocked && {
      diagnosis: createDiagnosis('DeletionBlocked', blockers.join('; '), 0),
    }),
  };
}

/** A namespace that something brings back just after its deletion goes again; later it may be wanted, and is only told. */
export function planTombstone(
  record: StoreRecord,
  { namespace }: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (!namespace?.exists || !namespace.ours || namespace.terminating) {
    return { type: 'rest' };
  }
  const deleted = record.deletedAt ?? record.updatedAt;
  const seconds = (facts.now.getTime() - deleted.getTime()) / 1000;
  if (seconds < REAPPEARANCE_SECONDS) {
    return { type: 'delete-reappeared', uid: namespace.uid };
  }
  return record.message ? { type: 'rest' } : { type: 'report-reappeared' };
}
