import { isWorkloadReady, type StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRepository';
import {
  createDiagnosis,
  type Diagnosis,
  diagnose,
  diagnoseTimeout,
} from './diagnose';
import {
  APPLIED,
  appliedStage,
  DELETION,
  findCondition,
  isTrue,
} from './storeConditions';

/** The one thing to do next for a store. */
export type StoreStep =
  | { type: 'begin' }
  | { type: 'render' }
  | { type: 'create-namespace' }
  | { type: 'apply-secrets' }
  | { type: 'apply-objects' }
  /** Forgets what was applied: the namespace went away before the store ever had data. */
  | { type: 'start-over' }
  /** Writes secrets and objects once more; what nobody touched is not written by the API server. */
  | { type: 'reapply' }
  | { type: 'become-ready' }
  | { type: 'degrade'; diagnosis: Diagnosis }
  | { type: 'fail'; diagnosis: Diagnosis }
  | { type: 'remove-release' }
  | { type: 'delete-workloads' }
  /** `underway`: the API server was told already, which is only to be noted. */
  | { type: 'delete-namespace'; uid: string; underway: boolean }
  | { type: 'finish-deletion'; message: string }
  /** Shows what the store waits for, and looks again later. */
  | { type: 'wait'; inMs: number; diagnosis?: Diagnosis }
  /** Nothing to do until somebody asks or the regular visit comes. */
  | { type: 'rest' };

/** What the planner is told besides record and observation. */
export interface PlanFacts {
  /** Seconds since the store's objects were applied, or since this process can say so: a restart costs no store its deadline. */
  waitingSeconds: number;
  deadlineSeconds: number;
  /** The regular visit is due: objects are to be applied again. */
  reapplyDue: boolean;
  /** Seconds since the deletion's last step, as this process knows. */
  deletingSeconds: number;
}

/** A store's own parts get this long to go before its namespace is deleted over them. */
const DELETION_PATIENCE_SECONDS = 30;

const PROVISIONING_POLL_MS = 250;
const DELETION_POLL_MS = 500;
const UNHEALTHY_POLL_MS = 5_000;

/** Chooses one step. Pure: the same record, observation and facts give the same step. */
export function planNextStep(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  switch (record.state) {
    case 'REQUESTED':
      return { type: 'begin' };
    case 'PROVISIONING':
      return (
        planApplication(record) ??
        planNamespaceLoss(record, observation) ??
        planReadiness(observation, facts)
      );
    case 'READY':
    case 'DEGRADED':
      return planWatch(record, observation, facts);
    case 'FAILED':
      return planHealing(record, observation, facts);
    case 'DELETING':
      return planDeletion(record, observation, facts);
    default:
      return { type: 'rest' };
  }
}

/** What lacks until the generation is in the cluster; undefined when all of it is. */
function planApplication(record: StoreRecord): StoreStep | undefined {
  const stage = appliedStage(record);
  if (!stage) return { type: 'render' };
  if (!isTrue(record, 'NamespaceReady')) return { type: 'create-namespace' };
  if (stage === APPLIED.rendered) return { type: 'apply-secrets' };
  if (stage !== APPLIED.objects) return { type: 'apply-objects' };
  return undefined;
}

function planNamespaceLoss(
  record: StoreRecord,
  { namespace }: StoreObservation,
): StoreStep | undefined {
  const lost = diagnoseLoss(record, { namespace });
  if (lost) return { type: 'fail', diagnosis: lost };
  return namespace && !(namespace.exists && namespace.ours)
    ? { type: 'start-over' }
    : undefined;
}

function isServing({ probe, workloads = [] }: StoreObservation): boolean {
  return (
    probe?.ok === true &&
    workloads.length > 0 &&
    workloads.every(isWorkloadReady)
  );
}

function planReadiness(
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (isServing(observation)) return { type: 'become-ready' };
  const diagnosis = diagnose(observation);
  if (diagnosis && facts.waitingSeconds >= diagnosis.patienceSeconds) {
    return { type: 'fail', diagnosis };
  }
  if (facts.waitingSeconds >= facts.deadlineSeconds) {
    return {
      type: 'fail',
      diagnosis:
        diagnosis ?? diagnoseTimeout(observation, facts.deadlineSeconds),
    };
  }
  return { type: 'wait', inMs: PROVISIONING_POLL_MS, diagnosis };
}

function planWatch(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  const lost = diagnoseLoss(record, observation);
  if (lost) return { type: 'fail', diagnosis: lost };
  if (facts.reapplyDue) return { type: 'reapply' };
  if (isServing(observation)) {
    return { type: record.state === 'READY' ? 'rest' : 'become-ready' };
  }
  const diagnosis = diagnose(observation) ?? diagnoseNotServing(observation);
  if (!diagnosis) return { type: 'rest' };
  return record.state === 'READY'
    ? { type: 'degrade', diagnosis }
    : { type: 'wait', inMs: UNHEALTHY_POLL_MS, diagnosis };
}

function planHealing(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (diagnoseLoss(record, observation)) return { type: 'rest' };
  const application =
    planApplication(record) ?? planNamespaceLoss(record, observation);
  if (application) return application;
  if (facts.reapplyDue) return { type: 'reapply' };
  if (isServing(observation)) return { type: 'become-ready' };
  return {
    type: 'wait',
    inMs: UNHEALTHY_POLL_MS,
    diagnosis: diagnose(observation),
  };
}

/** A namespace that went after the store was READY took its data along: nothing is recreated empty. */
function diagnoseLoss(
  record: StoreRecord,
  { namespace }: StoreObservation,
): Diagnosis | undefined {
  if (!record.readyAt || !namespace) return undefined;
  if (namespace.exists && namespace.ours) return undefined;
  return createDiagnosis(
    'DataLost',
    namespace.exists
      ? `The namespace '${record.namespace}' was replaced by one that is not ours`
      : `The namespace '${record.namespace}' is gone, and the store's data with it`,
    0,
  );
}

function diagnoseNotServing({
  probe,
  workloads = [],
}: StoreObservation): Diagnosis | undefined {
  const unready = workloads.find(workload => !isWorkloadReady(workload));
  const words =
    probe && !probe.ok ? `Through the ingress ${probe.message}` : '';
  if (unready) {
    const database = unready.kind === 'StatefulSet';
    return createDiagnosis(
      database ? 'DatabaseNotReady' : 'BackendNotReady',
      words || `${unready.kind} '${unready.metadata.name}' is not ready`,
      0,
    );
  }
  return words ? createDiagnosis('NotServing', words, 0) : undefined;
}

function planDeletion(
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
  const progress = findCondition(record, 'NamespaceReady')?.reason;
  if (namespace.terminating) {
    return progress === DELETION.namespaceDeleting
      ? planTermination(namespace.blockers, facts)
      : { type: 'delete-namespace', uid: namespace.uid, underway: true };
  }
  if (
    progress !== DELETION.releaseRemoved &&
    progress !== DELETION.workloadsDeleted
  ) {
    return { type: 'remove-release' };
  }
  if (progress === DELETION.releaseRemoved) return { type: 'delete-workloads' };
  const left = pods.length + claims.length;
  return left > 0 && facts.deletingSeconds < DELETION_PATIENCE_SECONDS
    ? { type: 'wait', inMs: DELETION_POLL_MS }
    : { type: 'delete-namespace', uid: namespace.uid, underway: false };
}

function planAfterNamespace(
  record: StoreRecord,
  volumes: NonNullable<StoreObservation['volumes']>,
): StoreStep {
  const names = volumes.map(({ metadata }) => `'${metadata.name}'`).join(', ');
  const going = volumes.some(
    ({ spec }) => spec?.persistentVolumeReclaimPolicy === 'Delete',
  );
  if (going) {
    return {
      type: 'wait',
      inMs: DELETION_POLL_MS,
      diagnosis: createDiagnosis(
        'DeletionBlocked',
        `The namespace is gone, volumes are still being deleted: ${names}`,
        0,
      ),
    };
  }
  return {
    type: 'finish-deletion',
    message: names
      ? `Deleted with its namespace '${record.namespace}'; volumes that stay by their reclaim policy: ${names}`
      : `Deleted with its namespace '${record.namespace}' and its volumes`,
  };
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
