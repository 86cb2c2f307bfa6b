import type { StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { diagnose } from './diagnose';
import { diagnoseNotServing, isServing } from './diagnoseServing';
import {
  diagnoseLoss,
  diagnoseOwnership,
  diagnoseVolumeDeletion,
} from './diagnoseLoss';
import { planDeletion, planTombstone } from './planDeletion';
import { planNamespaceRepair } from './planNamespaceRepair';
import { planProvisioning } from './planProvisioning';
import { isBeforeSwitch, planUpgrade } from './planUpgrade';
import type { PlanFacts, StoreStep } from './StoreStep';
import {
  APPLIED,
  appliedStage,
  hasData,
  isTrue,
  isUpgradePending,
} from './storeConditions';
import { untoldRepairs } from './storeRepairs';

const UNHEALTHY_POLL_MS = 5_000;
const PAUSED_POLL_MS = 15_000;

/** Chooses one step. Pure: the same record, observation and facts give the same step. */
export function planNextStep(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (record.state === 'DELETED') {
    return planTombstone(record, observation, facts);
  }
  if (record.state === 'DELETING') {
    return planDeletion(record, observation, facts);
  }
  if (record.pausedUntil) {
    return record.pausedUntil <= facts.now
      ? { type: 'end-pause' }
      : planPaused(record, observation, facts.now, record.pausedUntil);
  }
  if (record.state === 'REQUESTED') return { type: 'begin' };
  return (
    planRetry(record, observation) ??
    planObstacle(record, observation) ??
    planNamespaceRepair(observation, facts) ??
    planByState(record, observation, facts)
  );
}

/** A person works on it by hand: what is found is said, and nothing in the cluster is written. */
function planPaused(
  record: StoreRecord,
  observation: StoreObservation,
  now: Date,
  until: Date,
): StoreStep {
  const { state } = record;
  if (record.bootQueuedAt) return { type: 'release-boot' };
  const inMs = Math.min(PAUSED_POLL_MS, until.getTime() - now.getTime());
  if (state === 'REQUESTED' || state === 'PROVISIONING') {
    return { type: 'wait', inMs };
  }
  const obstacle = planObstacle(record, observation);
  if (obstacle) return obstacle;
  const { drift = [] } = observation;
  if (drift.length > 0) return { type: 'report-drift', findings: drift };
  if (isRepairUntold(record, observation)) return { type: 'tell-repaired' };
  return planHealth(record, observation) ?? { type: 'wait', inMs };
}

/** What must not be worked around: lost or vanishing data, and a namespace that we may not touch. */
function planObstacle(
  record: StoreRecord,
  observation: StoreObservation,
): StoreStep | undefined {
  const hopeless =
    diagnoseLoss(record, observation) ?? diagnoseOwnership(record, observation);
  if (hopeless) {
    return record.state === 'FAILED'
      ? { type: 'wait', inMs: UNHEALTHY_POLL_MS, diagnosis: hopeless }
      : { type: 'fail', diagnosis: hopeless };
  }
  const going = diagnoseVolumeDeletion(record, observation);
  if (!going) return undefined;
  return record.state === 'READY'
    ? { type: 'degrade', diagnosis: going }
    : { type: 'wait', inMs: UNHEALTHY_POLL_MS, diagnosis: going };
}

function planRetry(
  record: StoreRecord,
  observation: StoreObservation,
): StoreStep | undefined {
  if (!record.retry) return undefined;
  const lost = diagnoseLoss(record, observation);
  const isLost = lost !== undefined || record.reason === 'DataLost';
  const acceptDataLoss = isLost && record.retry.acceptDataLoss;
  const diagnosis =
    (acceptDataLoss ? undefined : lost) ??
    diagnoseOwnership(record, observation) ??
    diagnoseVolumeDeletion(record, observation);
  return diagnosis
    ? { type: 'refuse-retry', diagnosis }
    : { type: 'retry', acceptDataLoss };
}

function planByState(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  switch (record.state) {
    case 'PROVISIONING':
      return planProvisioning(record, observation, facts);
    case 'FAILED':
      return planHealing(record, observation, facts);
    default:
      return planWatch(record, observation, facts);
  }
}

function planWatch(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  const { claims = [], drift = [] } = observation;
  if (!hasData(record) && claims.length > 0) return { type: 'record-claims' };
  if (facts.factsDue && hasData(record)) return { type: 'keep-facts' };
  if (drift.length > 0) return { type: 'repair', findings: drift };
  if (isRepairUntold(record, observation)) return { type: 'tell-repaired' };
  if (isDriftOver(record, observation)) {
    return { type: 'report-drift', findings: [] };
  }
  if (isReapplyDue(observation, facts)) return { type: 'reapply' };
  const turned = planHealth(record, observation);
  if (turned) return turned;
  if (isUpgradePending(record)) return planUpgrade(record, observation, facts);
  if (record.state === 'READY') return { type: 'rest' };
  return {
    type: 'wait',
    inMs: UNHEALTHY_POLL_MS,
    diagnosis: diagnose(observation) ?? diagnoseNotServing(observation),
  };
}

/** A state that is no longer what the facts say. */
function planHealth(
  record: StoreRecord,
  observation: StoreObservation,
): StoreStep | undefined {
  if (record.state !== 'READY') {
    const stage = appliedStage(record);
    const whole = stage === APPLIED.objects || stage === APPLIED.upgradeFailed;
    return (whole || record.state === 'DEGRADED') &&
      isServing(record, observation)
      ? { type: 'become-ready' }
      : undefined;
  }
  if (isServing(record, observation)) return undefined;
  const diagnosis = diagnose(observation) ?? diagnoseNotServing(observation);
  if (diagnosis?.reason === 'DataLost') return { type: 'fail', diagnosis };
  return diagnosis && { type: 'degrade', diagnosis };
}

/** A FAILED store is watched on, and READY by itself when its cause goes; an upgrade is a way out at once. */
function planHealing(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (
    record.reason === 'DataLost' &&
    !(observation.namespace && observation.claims)
  ) {
    return { type: 'wait', inMs: UNHEALTHY_POLL_MS };
  }
  if (isUpgradePending(record) && isBeforeSwitch(record)) {
    return { type: 'switch-generation' };
  }
  const application = planProvisioning(record, observation, facts);
  if (application.type !== 'wait' && application.type !== 'fail') {
    return application;
  }
  if (observation.drift?.length) {
    return { type: 'repair', findings: observation.drift };
  }
  if (isRepairUntold(record, observation)) return { type: 'tell-repaired' };
  if (isReapplyDue(observation, facts)) return { type: 'reapply' };
  return {
    type: 'wait',
    inMs: UNHEALTHY_POLL_MS,
    diagnosis: diagnose(observation),
  };
}

/** Where drift can be judged, nothing is written on suspicion. */
function isReapplyDue({ drift }: StoreObservation, facts: PlanFacts): boolean {
  return facts.reapplyDue && drift === undefined;
}

/** The process ended between a repair and its event. */
function isRepairUntold(
  record: StoreRecord,
  { drift }: StoreObservation,
): boolean {
  return drift?.length === 0 && untoldRepairs(record).length > 0;
}

function isDriftOver(
  record: StoreRecord,
  { drift, driftLeft = [] }: StoreObservation,
): boolean {
  return (
    isTrue(record, 'Drifted') && drift?.length === 0 && driftLeft.length === 0
  );
}
