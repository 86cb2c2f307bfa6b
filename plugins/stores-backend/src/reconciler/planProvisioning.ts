import type { StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { diagnose, diagnoseTimeout } from './diagnose';
import { isServing } from './diagnoseServing';
import type { PlanFacts, StoreStep } from './StoreStep';
import { APPLIED, appliedStage, isTrue } from './storeConditions';

const PROVISIONING_POLL_MS = 250;
const BOOT_QUEUE_POLL_MS = 2_000;
const TERMINATION_POLL_MS = 1_000;

/** So long after a boot began, nothing is made for stores that wait: it would take from the boot what makes a shop READY. */
const YOUNG_BOOT_SECONDS = 10;

/** Stores that boot longer don't keep the others waiting any more. */
const BOOT_SLOT_SECONDS = 60;

/** What lacks until the generation is in the cluster and serves. */
export function planProvisioning(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  return (
    planApplication(record, facts) ??
    planNamespaceLoss(observation) ??
    planReadiness(record, observation, facts)
  );
}

function planApplication(
  record: StoreRecord,
  facts: PlanFacts,
): StoreStep | undefined {
  const stage = appliedStage(record);
  // After an upgrade that failed it is the generation before that is whole, and to be healed.
  if (stage === APPLIED.objects || stage === APPLIED.upgradeFailed) {
    return undefined;
  }
  // What is FAILED boots for nobody's turn: it heals in the place that it has.
  const boots = record.state === 'FAILED' || record.bootStartedAt !== undefined;
  if (!boots && !facts.bootRefused) return { type: 'request-boot' };
  if (!boots && (facts.lastBootSeconds ?? Infinity) < YOUNG_BOOT_SECONDS) {
    return { type: 'wait', inMs: BOOT_QUEUE_POLL_MS };
  }
  if (!stage || stage === APPLIED.requested) return { type: 'render' };
  // What runs goes on untouched until it may boot anew.
  if (!boots && record.observedGeneration > 0) {
    return { type: 'wait', inMs: BOOT_QUEUE_POLL_MS };
  }
  if (!isTrue(record, 'NamespaceReady')) return { type: 'create-namespace' };
  if (stage === APPLIED.secrets) {
    return { type: boots ? 'apply-objects' : 'apply-held' };
  }
  if (stage === APPLIED.held) {
    return boots
      ? { type: 'apply-objects' }
      : { type: 'wait', inMs: BOOT_QUEUE_POLL_MS };
  }
  return { type: 'apply-secrets' };
}

/** Only before the store ever had data: else its loss has been told. */
function planNamespaceLoss({
  namespace,
}: StoreObservation): StoreStep | undefined {
  if (!namespace) return undefined;
  if (!namespace.exists || !namespace.ours) return { type: 'start-over' };
  return namespace.terminating
    ? { type: 'wait', inMs: TERMINATION_POLL_MS }
    : undefined;
}

function planReadiness(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (isServing(record, observation)) return { type: 'become-ready' };
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
  if (record.bootStartedAt && facts.waitingSeconds >= BOOT_SLOT_SECONDS) {
    return { type: 'release-boot' };
  }
  return { type: 'wait', inMs: PROVISIONING_POLL_MS, diagnosis };
}
