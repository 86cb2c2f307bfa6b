import { isWorkloadReady, type StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRepository';
import {
  createDiagnosis,
  type Diagnosis,
  diagnose,
  diagnoseTimeout,
} from './diagnose';
import { planDeletion } from './planDeletion';
import type { PlanFacts, StoreStep } from './StoreStep';
import { APPLIED, appliedStage, isTrue } from './storeConditions';

const PROVISIONING_POLL_MS = 250;
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
