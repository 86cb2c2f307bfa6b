import type { StoreObservation } from '../cluster';
import type { PlanFacts, StoreStep } from './StoreStep';

/** Labels and annotations that the namespace shall have and doesn't: loosened Pod Security, another owner. */
export function planNamespaceRepair(
  { namespace }: StoreObservation,
  facts: PlanFacts,
): StoreStep | undefined {
  if (!facts.namespace || !namespace?.exists || namespace.terminating) {
    return undefined;
  }
  if (!namespace.ours) return undefined;
  const { annotations = {}, labels = {} } = facts.namespace.metadata;
  const changes = [
    ...differences('label', namespace.labels, labels),
    ...differences('annotation', namespace.annotations, annotations),
  ];
  return changes.length > 0
    ? { type: 'repair-namespace', uid: namespace.uid, changes }
    : undefined;
}

function differences(
  what: string,
  found: Record<string, string>,
  wanted: Record<string, string>,
): string[] {
  return Object.entries(wanted)
    .filter(([key, value]) => found[key] !== value)
    .map(
      ([key, value]) =>
        `${what} '${key}' was '${found[key]}', expected '${value}'`,
    );
}
