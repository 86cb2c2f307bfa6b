import type { StoreConditionType } from '@storeyard/backstage-plugin-stores-common';
import {
  isPodReady,
  isWorkloadReady,
  type KubernetesObject,
  type StoreObservation,
} from '../cluster';
import type { ConditionChange } from './storeConditions';

const COMPONENT_LABEL = 'app.kubernetes.io/component';

/** The facts that an observation holds; what was not looked at says nothing. */
export function observedConditions(
  observation: StoreObservation,
): ConditionChange[] {
  const { pods, probe, workloads } = observation;
  const changes: ConditionChange[] = [];
  if (pods || workloads) {
    for (const [type, component] of [
      ['DatabaseReady', 'database'],
      ['BackendReady', 'shop'],
    ] as const satisfies readonly [StoreConditionType, string][]) {
      const ready = workloads
        ? all(workloads, component, isWorkloadReady)
        : all(pods ?? [], component, isPodReady);
      changes.push({ type, status: ready ? 'True' : 'False' });
    }
  }
  if (probe) {
    changes.push({
      type: 'Reachable',
      status: probe.ok ? 'True' : 'False',
      ...(!probe.ok && { message: probe.message }),
    });
  }
  return changes;
}

function all<T extends KubernetesObject>(
  objects: readonly T[],
  component: string,
  isReady: (object: T) => boolean,
): boolean {
  const own = objects.filter(
    ({ metadata }) => metadata.labels?.[COMPONENT_LABEL] === component,
  );
  return own.length > 0 && own.every(isReady);
}
