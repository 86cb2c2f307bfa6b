import { describeUnready, type StoreObservation } from '../cluster';
import { createDiagnosis, type Diagnosis, firstOf } from './Diagnosis';
import { diagnoseAdmission } from './diagnoseAdmission';
import {
  diagnoseCrash,
  diagnoseImage,
  diagnoseScheduling,
} from './diagnosePod';
import { diagnoseVolumes } from './diagnoseVolumes';
import { isImageTrial } from './imageTrial';

/**
 * Names the cause of a store's not becoming ready, the one nearest to the root first; undefined when nothing is wrong
 * but time.
 */
export function diagnose(
  observation: StoreObservation,
  options: { trials?: boolean } = {},
): Diagnosis | undefined {
  const pods = (observation.pods ?? []).filter(
    pod => options.trials || !isImageTrial(pod),
  );
  return (
    diagnoseAdmission({ ...observation, pods }) ??
    firstOf(pods, diagnoseImage) ??
    firstOf(pods, pod => diagnoseCrash(pod, observation.logs ?? [])) ??
    diagnoseVolumes({ ...observation, pods }) ??
    firstOf(pods, diagnoseScheduling)
  );
}

/** What to say when the deadline has passed and nothing explains it. */
export function diagnoseTimeout(
  observation: StoreObservation,
  deadlineSeconds: number,
): Diagnosis {
  const lacks = (observation.workloads ?? []).flatMap(workload => {
    const unready = describeUnready(workload);
    return unready ? [unready] : [];
  });
  const { probe } = observation;
  if (probe && !probe.ok) lacks.push(`through the ingress ${probe.message}`);
  return createDiagnosis(
    'Timeout',
    `Not ready within ${deadlineSeconds} s: ${
      lacks.join('; ') || 'the cluster says nothing about the cause'
    }`,
    0,
  );
}
