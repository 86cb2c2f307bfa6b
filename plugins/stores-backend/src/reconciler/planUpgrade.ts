import type { PodObject, StoreObservation } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { diagnose } from './diagnose';
import { createDiagnosis } from './Diagnosis';
import { imageTrialName, isImagePulled } from './imageTrial';
import type { PlanFacts, StoreStep } from './StoreStep';
import { APPLIED, appliedStage } from './storeConditions';

const TRIAL_POLL_MS = 500;

/** An image that is not there after so long is not expected any more. */
const TRIAL_SECONDS = 300;

const BEFORE_SWITCH: readonly (string | undefined)[] = [
  undefined,
  APPLIED.trial,
  APPLIED.tried,
];

/** Up to the switch: the new generation is rendered and its images are pulled while the old one goes on. */
export function planUpgrade(
  record: StoreRecord,
  observation: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  switch (appliedStage(record)) {
    case APPLIED.tried:
      return { type: 'switch-generation' };
    case APPLIED.rendered:
      return { type: 'try-images' };
    case APPLIED.trial:
      return planTrial(record, observation, facts);
    default:
      return { type: 'render' };
  }
}

/** Whether the generation before is still to go on: for a FAILED store it needn't, since nothing sells that a bad image could stop. */
export function isBeforeSwitch(record: StoreRecord): boolean {
  return BEFORE_SWITCH.includes(appliedStage(record));
}

function planTrial(
  record: StoreRecord,
  { pods }: StoreObservation,
  facts: PlanFacts,
): StoreStep {
  if (!pods) return { type: 'wait', inMs: TRIAL_POLL_MS };
  const pod = pods.find(
    ({ metadata }) => metadata.name === imageTrialName(record.generation),
  );
  if (!pod) return { type: 'try-images' };
  if (isImagePulled(pod)) return { type: 'switch-generation' };
  return judgeTrial(pod, facts.waitingSeconds);
}

function judgeTrial(pod: PodObject, seconds: number): StoreStep {
  const diagnosis =
    diagnose({ pods: [pod] }, { trials: true }) ??
    createDiagnosis(
      'Timeout',
      `The image was not there within ${TRIAL_SECONDS} s`,
      TRIAL_SECONDS,
    );
  return seconds >= diagnosis.patienceSeconds
    ? { type: 'fail-upgrade', diagnosis }
    : { type: 'wait', inMs: TRIAL_POLL_MS };
}
