import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import {
  type ClusterClient,
  describeObject,
  type KubernetesObject,
  retryShortLived,
} from '../../cluster';
import type { StoreRepository } from '../../database/StoreRepository';
import type { StorePass } from '../StorePass';

/** What a chart may consist of. Claims are left out: nothing that we do by ourselves deletes data. */
const PRUNED_KINDS: readonly [apiVersion: string, kind: string][] = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
];

/** Takes away what a new generation has no more. */
export class PruneSteps {
  static create(options: {
    client: ClusterClient;
    repository: StoreRepository;
  }): PruneSteps {
    return new PruneSteps(options.client, options.repository);
  }

  private constructor(
    private readonly client: ClusterClient,
    private readonly repository: StoreRepository,
  ) {}

  /** @returns what was deleted: of earlier generations, and of the release without being of any */
  async prune(
    pass: StorePass,
    wanted: readonly KubernetesObject[],
  ): Promise<string[]> {
    const { record, signal } = pass;
    const kept = new Set(wanted.map(nameOf));
    const inventory = new Set(
      (await this.repository.listGenerations(record.id))
        .flatMap(({ objects }): KubernetesObject[] =>
          JSON.parse(JSON.stringify(objects)),
        )
        .map(nameOf),
    );
    const present = await Promise.all(
      PRUNED_KINDS.map(([apiVersion, kind]) =>
        this.client.list<KubernetesObject>({
          apiVersion,
          kind,
          namespace: record.namespace,
          labelSelector: `${STORE_ID_ANNOTATION}=${record.id}`,
          signal,
        }),
      ),
    );
    const left = present
      .flat()
      .filter(
        object =>
          !kept.has(nameOf(object)) &&
          (inventory.has(nameOf(object)) || isOfRelease(object)),
      );
    for (const { apiVersion, kind, metadata } of left) {
      await pass.checkpoint();
      await retryShortLived(
        () =>
          this.client.delete(
            {
              apiVersion,
              kind,
              metadata: { name: metadata.name, namespace: record.namespace },
            },
            { uid: metadata.uid, signal },
          ),
        { signal },
      );
    }
    return left.map(describeObject);
  }
}

/** Helm's own objects, but not what exists only while a test runs. */
function isOfRelease({ metadata }: KubernetesObject): boolean {
  return (
    metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm' &&
    metadata.annotations?.['helm.sh/hook'] === undefined
  );
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
