import type { StoreConditionType } from '@storeyard/backstage-plugin-stores-common';
import { isPodReady, type StoreObservation } from '../cluster';
import type { ConditionChange } from './storeConditions';

const COMPONENT_LABEL = 'app.kubernetes.io/component';

/** The facts that an observation holds; what was not looked at says nothing. */
export function observedConditions(
  observation: StoreObservation,
): ConditionChange[] {
  const { pods, probe } = observation;
  const changes: ConditionChange[] = [];
  if (pods) {
    for (const [type, component] of [
      ['DatabaseReady', 'database'],
      ['BackendReady', 'shop'],
    ] as const satisfies readonly [StoreConditionType, string][]) {
      const own = pods.filter(
        ({ metadata }) => metadata.labels?.[COMPONENT_LABEL] === component,
      );
      const ready = own.length > 0 && own.every(isPodReady);
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
