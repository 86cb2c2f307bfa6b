import type { DriftFinding, StoreObservation } from '../cluster';
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
  const { annotations = {}, labels = {}, name } = facts.namespace.metadata;
  const findings = [
    ...differences(name, 'label', namespace.labels, labels),
    ...differences(name, 'annotation', namespace.annotations, annotations),
  ];
  return findings.length > 0
    ? { type: 'repair-namespace', uid: namespace.uid, findings }
    : undefined;
}

function differences(
  name: string,
  what: 'label' | 'annotation',
  found: Record<string, string>,
  wanted: Record<string, string>,
): DriftFinding[] {
  return Object.entries(wanted)
    .filter(([key, value]) => found[key] !== value)
    .map(([key, value]) => ({
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      type: key in found ? 'changed' : 'removed',
      path: ['f:metadata', `f:${what}s`, `f:${key}`],
      message: `Namespace '${name}': ${what} '${key}' was '${found[key]}', expected '${value}'`,
    }));
}
