import type { ContainerLog, ContainerStatus, PodObject } from '../cluster';
import { createDiagnosis, type Diagnosis } from './Diagnosis';

/** What a store's image writes when it could not bring its database to its own schema. */
const MIGRATION_FAILED = /\bMigrationFailed\b/;

/** What database and shop write when they find nothing where there should be data. */
const DATA_LOST = /\bDataLost\b/;

/** Restarts after which a container is not expected to come up any more by itself. */
const HOPELESS_RESTARTS = 3;

function statuses(pod: PodObject): ContainerStatus[] {
  return [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
}

/** An image that can't be had. */
export function diagnoseImage(pod: PodObject): Diagnosis | undefined {
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

/** A container that ends again and again, with its last words. */
export function diagnoseCrash(
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

/** No node takes it. */
export function diagnoseScheduling(pod: PodObject): Diagnosis | undefined {
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
