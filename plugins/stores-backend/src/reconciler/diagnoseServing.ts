import { GENERATION_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import {
  isWorkloadReady,
  type StoreObservation,
  type WorkloadObject,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { createDiagnosis, type Diagnosis } from './Diagnosis';
import { appliedGeneration } from './storeConditions';

/** Whether the generation in the cluster runs wholly, and a shopper's requests work. */
export function isServing(
  record: StoreRecord,
  { probe, workloads = [] }: StoreObservation,
): boolean {
  return (
    probe?.ok === true &&
    workloads.length > 0 &&
    workloads.every(
      workload =>
        isOfGeneration(workload, appliedGeneration(record)) &&
        (workload.spec?.replicas ?? 1) > 0 &&
        isWorkloadReady(workload),
    )
  );
}

/** A watch may show a workload as it was before the last apply. */
function isOfGeneration(
  { metadata }: WorkloadObject,
  generation: number,
): boolean {
  const found = metadata.annotations?.[GENERATION_ANNOTATION];
  return found === undefined || Number(found) >= generation;
}

/** What lacks when nothing says why. */
export function diagnoseNotServing({
  probe,
  workloads = [],
}: StoreObservation): Diagnosis | undefined {
  const unready = workloads.find(
    workload =>
      !isWorkloadReady(workload) || (workload.spec?.replicas ?? 1) === 0,
  );
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
