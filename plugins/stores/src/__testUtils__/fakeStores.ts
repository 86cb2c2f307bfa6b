import type { StoresApi } from '../api';

const never = () => new Promise<never>(() => {});

/** An API that answers what a test says, and else that there is nothing and the cluster is well. */
export function fakeStores(overrides: Partial<StoresApi> = {}): StoresApi {
  return {
    getCluster: async () => ({ reachable: true }),
    getStore: never,
    listStores: async () => ({ items: [] }),
    listEvents: async (_id, options) => {
      if (options?.wait) {
        return never();
      }
      return { items: [], cursor: options?.after ?? 0 };
    },
    ...overrides,
  };
}
