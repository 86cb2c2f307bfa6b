import type { StoresApi } from '../api';
import { buildPlans } from './stores';

const never = () => new Promise<never>(() => {});

/** An API that answers what a test says, and else that there is nothing and the cluster is well. */
export function fakeStores(overrides: Partial<StoresApi> = {}): StoresApi {
  return {
    changeStore: never,
    checkName: async name => ({
      name,
      available: true,
      slug: 'free',
      storefront: 'http://free-….localhost:8080',
    }),
    createStore: never,
    deleteStore: never,
    getCapacity: async () => ({ nodes: [], plans: [] }),
    getCluster: async () => ({ reachable: true }),
    getCredentials: never,
    getLogs: never,
    getMetrics: never,
    getMetricsSummary: never,
    getOverview: async () => ({
      since: new Date(0).toISOString(),
      countsByState: {},
      activeByOwner: [],
      bucketSeconds: 86_400,
      buckets: [],
      failuresByReason: [],
      repairs: [],
      platform: {
        replicas: [],
        unheldStores: 0,
        cluster: { reachable: true },
      },
    }),
    getPlans: async () => ({ items: buildPlans() }),
    getResources: async () => ({ workloads: [], volumes: [], quota: [] }),
    getStore: never,
    listAllEvents: never,
    listEvents: async (_id, options) => {
      if (options?.wait) {
        return never();
      }
      return { items: [], cursor: options?.after ?? 0 };
    },
    listPlans: async () => buildPlans(),
    listStores: async () => ({ items: [] }),
    pauseStore: never,
    resumeStore: never,
    retryStore: never,
    upgradeStore: never,
    ...overrides,
  };
}
