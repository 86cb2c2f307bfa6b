import type { PodObject, WorkloadObject } from './types';

/** Whether a workload's controller has dealt with its newest form and all of its pods are ready. */
export function isWorkloadReady(workload: WorkloadObject): boolean {
  const desired = workload.spec?.replicas ?? 1;
  const status = workload.status ?? {};
  const current =
    (status.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0);
  return (
    current &&
    !workload.metadata.deletionTimestamp &&
    (status.updatedReplicas ?? 0) >= desired &&
    (status.readyReplicas ?? 0) >= desired &&
    (status.replicas ?? 0) <= desired
  );
}

export function isPodReady(pod: PodObject): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    (pod.status?.conditions ?? []).some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    )
  );
}

/** What a workload lacks, in words; undefined when it is ready. */
export function describeUnready(workload: WorkloadObject): string | undefined {
  if (isWorkloadReady(workload)) return undefined;
  const desired = workload.spec?.replicas ?? 1;
  const ready = workload.status?.readyReplicas ?? 0;
  return `${workload.kind} '${workload.metadata.name}' has ${ready} of ${desired} pods ready`;
}
