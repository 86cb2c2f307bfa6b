import type { ClusterClient } from './ClusterClient';
import type { KubernetesObject } from './types';
import type { ClusterWatches } from './watch';

export interface StoreReaderOptions {
  client: ClusterClient;
  watches?: ClusterWatches;
}

/** Reads what a namespace holds: from the watches' caches where they can tell, else from the API server. */
export class StoreReader {
  static create(options: StoreReaderOptions): StoreReader {
    return new StoreReader(options);
  }

  private constructor(private readonly options: StoreReaderOptions) {}

  async list<T extends KubernetesObject>(where: {
    apiVersion: string;
    kind: string;
    namespace: string;
    signal?: AbortSignal;
  }): Promise<T[]> {
    return (
      this.options.watches?.list<T>(where) ??
      (await this.options.client.list<T>(where))
    );
  }
}
