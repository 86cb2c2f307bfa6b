import type { KubernetesObject } from '../cluster';

/** On a StatefulSet: how large the claims of its templates shall be, whose sizes in it can't be changed. */
const CLAIM_SIZE_ANNOTATION = 'storeyard.dev/claim-size';

interface ClaimTemplate {
  metadata?: { name?: string };
  spec?: { resources?: { requests?: { storage?: string } } };
}

/** The sizes of claims that StatefulSets made, as applies of that field alone, for those that have the recorded uids. */
export function claimGrowth(
  objects: readonly KubernetesObject[],
  claimUids: Readonly<Record<string, string>>,
): KubernetesObject[] {
  return objects.flatMap(object => {
    const storage = object.metadata.annotations?.[CLAIM_SIZE_ANNOTATION];
    return claimTemplates(object).flatMap(template => {
      const name = `${template.metadata?.name}-${object.metadata.name}-0`;
      const uid = claimUids[name];
      const made = template.spec?.resources?.requests?.storage;
      return storage && uid && storage !== made
        ? [
            {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: {
                name,
                namespace: object.metadata.namespace,
                uid,
              },
              spec: { resources: { requests: { storage } } },
            },
          ]
        : [];
    });
  });
}

/** The size in a StatefulSet's claim template, which stays as it was made. */
export function claimTemplateSize(
  objects: readonly KubernetesObject[],
): string | undefined {
  return objects
    .flatMap(claimTemplates)
    .map(({ spec }) => spec?.resources?.requests?.storage)
    .find(storage => storage !== undefined);
}

function claimTemplates(object: KubernetesObject): ClaimTemplate[] {
  if (object.kind !== 'StatefulSet') return [];
  const spec = object.spec as
    | { volumeClaimTemplates?: ClaimTemplate[] }
    | undefined;
  return spec?.volumeClaimTemplates ?? [];
}
