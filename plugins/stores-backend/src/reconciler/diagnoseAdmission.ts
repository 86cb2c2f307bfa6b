import type { PodObject, StoreObservation } from '../cluster';
import { createDiagnosis, type Diagnosis } from './Diagnosis';

/** Refusals of a controller that end by themselves within seconds. */
const SHORT_LIVED =
  /status unknown for quota|is being terminated|error looking up service account|no API token found for service account/;

/** Pods that were never made leave their cause with their controller only. */
export function diagnoseAdmission(
  observation: StoreObservation,
): Diagnosis | undefined {
  const { pods = [], warnings = [], workloads = [] } = observation;
  const refusals = [
    ...workloads.flatMap(workload =>
      (workload.status?.conditions ?? [])
        .filter(
          ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
        )
        .map(({ message }) => message),
    ),
    ...warnings
      .filter(
        ({ reason, involvedObject }) =>
          reason === 'FailedCreate' && !hasPods(pods, involvedObject?.name),
      )
      .map(({ message }) => message),
  ].flatMap(message =>
    message && !SHORT_LIVED.test(message) ? [message] : [],
  );
  const refusal = refusals.at(-1);
  return refusal ? diagnoseRefusal(refusal) : undefined;
}

/** Whether a controller has made pods since it was refused one. */
function hasPods(pods: readonly PodObject[], controller = ''): boolean {
  return pods.some(({ metadata }) =>
    metadata.name.startsWith(`${controller}-`),
  );
}

/** Tells the kinds of refusals apart by the API server's words. */
export function diagnoseRefusal(words: string): Diagnosis {
  if (/exceeded quota|must specify .* for/.test(words)) {
    return createDiagnosis('QuotaExceeded', words, 10);
  }
  if (/violates PodSecurity|denied request|denied the request/.test(words)) {
    return createDiagnosis('AdmissionDenied', words, 0);
  }
  return createDiagnosis('ApplyFailed', words, 60);
}
