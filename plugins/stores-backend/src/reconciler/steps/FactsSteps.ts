import {
  INSTALLATION_LABEL,
  STORE_ID_ANNOTATION,
} from '@storeyard/backstage-plugin-stores-common';
import {
  type ClusterClient,
  type KubernetesObject,
  retryShortLived,
  type StoreObservation,
} from '../../cluster';
import type { StorePatch, StoreRecord } from '../../database/StoreRecord';
import type { OpenCluster } from '../ClusterGate';
import type { StorePass } from '../StorePass';

const CONFIG_MAP = 'store-facts';

/**
 * What keeps an empty shop from being taken for the old one: the claims' uids in our database, and in the namespace a
 * ConfigMap that the pods read at their start, for Kubernetes starts pods without asking us.
 */
export class FactsSteps {
  static create(options: { client: ClusterClient }): FactsSteps {
    return new FactsSteps(options.client);
  }

  private constructor(private readonly client: ClusterClient) {}

  /** Stores that were READY before uids were recorded. */
  async recordClaims(
    pass: StorePass,
    observation: StoreObservation,
  ): Promise<void> {
    await pass.patch(recordedClaims(pass, observation));
  }

  /** Says that there is data from now on. */
  async keep(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { record, signal } = pass;
    const facts = factsObject(record);
    const object: KubernetesObject = {
      ...facts,
      metadata: {
        ...facts.metadata,
        labels: {
          'app.kubernetes.io/part-of': 'storeyard',
          'app.kubernetes.io/managed-by': 'storeyard',
          [STORE_ID_ANNOTATION]: record.id,
          [INSTALLATION_LABEL]: cluster.installation.id,
        },
      },
    };
    await pass.checkpoint();
    await retryShortLived(() => this.client.apply(object, { signal }), {
      signal,
    });
  }

  /** From now on the store may start on nothing. */
  async forget(pass: StorePass): Promise<void> {
    const { record, signal } = pass;
    await retryShortLived(
      () => this.client.delete(reference(record.namespace), { signal }),
      { signal },
    );
  }
}

/** The ConfigMap that says so, without our labels. */
export function factsObject(
  record: Pick<StoreRecord, 'namespace' | 'readyAt' | 'createdAt'>,
): KubernetesObject {
  const since = record.readyAt ?? record.createdAt;
  return {
    ...reference(record.namespace),
    data: { hasDataSince: since.toISOString() },
  };
}

function reference(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: CONFIG_MAP, namespace },
  };
}

/** Uids once recorded stay; claims that are new are added. */
export function recordedClaims(
  { record }: Pick<StorePass, 'record'>,
  { claims = [] }: StoreObservation,
): StorePatch {
  const found = claims.flatMap(({ metadata }) =>
    metadata.uid ? [[metadata.name, metadata.uid] as const] : [],
  );
  if (found.length === 0) return {};
  return {
    claimUids: { ...Object.fromEntries(found), ...record.claimUids },
  };
}
