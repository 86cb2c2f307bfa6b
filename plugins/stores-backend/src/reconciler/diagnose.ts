import {
  describeStoreReason,
  type StoreReason,
} from '@storeyard/backstage-plugin-stores-common';
import { isImageTrial } from './imageTrial';
import {
  type ContainerLog,
  type ContainerStatus,
  describeUnready,
  type EventObject,
  type PodObject,
  type StoreObservation,
} from '../cluster';

/** What is wrong with a store, in the cluster's own words. */
export interface Diagnosis {
  reason: StoreReason;
  message: string;
  remedy?: string;
  /** How long waiting may still heal it, in seconds from the application; 0 when it can't. */
  patienceSeconds: number;
}

/** What a store's image writes when it could not bring its database to its own schema. */
const MIGRATION_FAILED = /\bMigrationFailed\b/;

/** What database and shop write when they find nothing where there should be data. */
const DATA_LOST = /\bDataLost\b/;

/** Refusals of a controller that end by themselves within seconds. */
const SHORT_LIVED =
  /status unknown for quota|is being terminated|error looking up service account|no API token found for service account/;

/** Restarts after which a container is not expected to come up any more by itself. */
const HOPELESS_RESTARTS = 3;

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

export function createDiagnosis(
  reason: StoreReason,
  message: string,
  patienceSeconds: number,
): Diagnosis {
  const { remedy } = describeStoreReason(reason);
  return { reason, message, remedy, patienceSeconds };
}

function firstOf<T>(
  items: readonly T[],
  judge: (item: T) => Diagnosis | undefined,
): Diagnosis | undefined {
  for (const item of items) {
    const diagnosis = judge(item);
    if (diagnosis) return diagnosis;
  }
  return undefined;
}

/** Pods that were never made leave their cause with their controller only. */
function diagnoseAdmission(
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

function statuses(pod: PodObject): ContainerStatus[] {
  return [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
}

function diagnoseImage(pod: PodObject): Diagnosis | undefined {
  for (const { name, state } of statuses(pod)) {
    const { reason = '', message = '' } = state?.waiting ?? {};
    const hopeless =
      /^(ImagePullBackOff|ErrImageNeverPull|InvalidImageName|ImageInspectError)$/;
    if (hopeless.test(reason) || reason === 'ErrImagePull') {
      return createDiagnosis(
        'ImagePullFailed',
        `Container '${name}' of pod '${pod.metadata.name}': ${reason}: ${message}`,
        hopeless.test(reason) ? 0 : 30,
      );
    }
  }
  return undefined;
}

function diagnoseCrash(
  pod: PodObject,
  logs: readonly ContainerLog[],
): Diagnosis | undefined {
  for (const status of statuses(pod)) {
    const ended = status.lastState?.terminated ?? status.state?.terminated;
    const restarts = status.restartCount ?? 0;
    if (!ended || restarts === 0 || status.ready) continue;
    const log = logs.find(
      ({ pod: name, container }) =>
        name === pod.metadata.name && container === status.name,
    );
    const words = log?.text.trim()
      ? `; its last lines:\n${log.text.trim()}`
      : '';
    const message = `Container '${status.name}' of pod '${
      pod.metadata.name
    }' exited with ${ended.exitCode} (${
      ended.reason ?? 'no reason given'
    }), ${restarts} times so far${words}`;
    if (DATA_LOST.test(log?.text ?? '')) {
      return createDiagnosis('DataLost', message, 0);
    }
    const patience = restarts >= HOPELESS_RESTARTS ? 0 : 300;
    if (ended.reason === 'OOMKilled') {
      return createDiagnosis('OutOfMemory', message, patience);
    }
    return createDiagnosis(
      MIGRATION_FAILED.test(log?.text ?? '')
        ? 'MigrationFailed'
        : 'CrashLooping',
      message,
      patience,
    );
  }
  return undefined;
}

function diagnoseVolumes(observation: StoreObservation): Diagnosis | undefined {
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

function diagnoseScheduling(pod: PodObject): Diagnosis | undefined {
  const scheduled = (pod.status?.conditions ?? []).find(
    ({ type }) => type === 'PodScheduled',
  );
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') {
    return undefined;
  }
  const message = scheduled.message ?? 'no node takes it';
  if (/unbound immediate PersistentVolumeClaims/.test(message)) {
    return undefined;
  }
  return createDiagnosis(
    'Unschedulable',
    `Pod '${pod.metadata.name}': ${message}`,
    60,
  );
}
