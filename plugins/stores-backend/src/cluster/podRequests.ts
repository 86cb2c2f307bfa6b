import type { ResourceAmount } from '@storeyard/backstage-plugin-stores-common';
import { parseQuantity } from './parseQuantity';

interface Requester {
  resources?: { requests?: Record<string, string> };
  restartPolicy?: string;
}

/** The part of a pod's spec, or of a template's, that says what it takes from its node. */
export interface RequestingSpec {
  containers?: Requester[];
  initContainers?: Requester[];
  overhead?: Record<string, string>;
}

/**
 * What a pod asks its node for, as the scheduler counts: its containers together with the sidecars, or the largest of the
 * init containers that run before them with the sidecars that are up by then.
 */
export function podRequests(spec: RequestingSpec = {}): ResourceAmount {
  const amounts = (['cpu', 'memory'] as const).map(resource => {
    const asked = (one: Requester) =>
      parseQuantity(one.resources?.requests?.[resource]) ?? 0;
    let sidecars = 0;
    let starting = 0;
    for (const container of spec.initContainers ?? []) {
      if (container.restartPolicy === 'Always') {
        sidecars += asked(container);
      } else {
        starting = Math.max(starting, sidecars + asked(container));
      }
    }
    const running = (spec.containers ?? []).reduce(
      (sum, container) => sum + asked(container),
      sidecars,
    );
    return (
      Math.max(running, starting) +
      (parseQuantity(spec.overhead?.[resource]) ?? 0)
    );
  });
  const [cpu = 0, memory = 0] = amounts;
  return { cpu, memory, pods: 1 };
}
