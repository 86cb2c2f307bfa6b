import type { EventObject, PodObject, StoreObservation } from '../cluster';
import { createDiagnosis, type Diagnosis, firstOf } from './Diagnosis';

/** A claim without a volume, or a volume that a pod can't have. */
export function diagnoseVolumes(
  observation: StoreObservation,
): Diagnosis | undefined {
  const { claims = [], pods = [], warnings = [] } = observation;
  const claim = claims.find(({ status }) => status?.phase !== 'Bound');
  if (claim) {
    const words = lastWarning(warnings, claim.metadata.name);
    return createDiagnosis(
      'VolumePending',
      `Claim '${claim.metadata.name}' is '${
        claim.status?.phase ?? 'Pending'
      }', expected 'Bound'${words ? `: ${words}` : ''}`,
      words ? 120 : 300,
    );
  }
  return firstOf(
    pods.filter(({ status }) => status?.phase === 'Pending'),
    pod => diagnoseMount(pod, warnings),
  );
}

/** A volume that is there and can't be had on the pod's node. */
function diagnoseMount(
  pod: PodObject,
  warnings: readonly EventObject[],
): Diagnosis | undefined {
  const words = lastWarning(
    warnings.filter(({ reason }) =>
      /^(FailedMount|FailedAttachVolume|FailedMapVolume)$/.test(reason ?? ''),
    ),
    pod.metadata.name,
  );
  return words === undefined
    ? undefined
    : createDiagnosis(
        'VolumePending',
        `Pod '${pod.metadata.name}' can't have its volume: ${words}`,
        120,
      );
}

function lastWarning(
  warnings: readonly EventObject[],
  name: string,
): string | undefined {
  return warnings
    .filter(({ involvedObject }) => involvedObject?.name === name)
    .at(-1)?.message;
}
