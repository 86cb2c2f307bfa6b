import { buildCapacity, buildOverview } from '../../src/__testUtils__/overview';
import { responseError } from '../../src/__testUtils__/responseError';
import { buildStore } from '../../src/__testUtils__/stores';
import { failAfterFirst, never } from './answers';
import type { Scenarios } from './Scenario';

const path = '/stores/demo-shop-ab12c/delete';

/** Every state of the page that ends a store. */
export const deleteScenarios: Scenarios = {
  'delete-form': {
    title: 'The form',
    path,
    api: { getStore: async () => buildStore() },
  },
  'delete-failed': {
    title: 'Refused: type the name',
    path,
    api: {
      getStore: async () => buildStore(),
      deleteStore: async () => {
        throw await responseError(
          503,
          'ServiceUnavailableError',
          'The database does not answer',
        );
      },
    },
  },
  'delete-busy': {
    title: 'Busy: type the name',
    path,
    api: { getStore: async () => buildStore(), deleteStore: never },
  },
  'delete-protected': {
    title: 'Protected',
    path,
    api: { getStore: async () => buildStore({ protected: true }) },
  },
  'delete-forbidden': {
    title: 'Forbidden',
    path,
    api: { getStore: async () => buildStore() },
    denied: ['stores.store.delete'],
  },
  'delete-deleting': {
    title: 'Being deleted',
    path,
    api: {
      getStore: async () =>
        buildStore({ state: 'DELETING', message: 'waiting for 1 volume' }),
    },
  },
  'delete-deleted': {
    title: 'Deleted',
    path,
    api: { getStore: async () => buildStore({ state: 'DELETED' }) },
  },
  'delete-loading': { title: 'First load', path, api: { getStore: never } },
  'delete-missing': {
    title: 'Not found',
    path,
    api: {
      getStore: async () => {
        throw await responseError(404, 'NotFoundError', 'no such store');
      },
    },
  },
  'delete-away': {
    title: 'Backend down',
    path,
    api: {
      getStore: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  },
};

/** Every state of the overview. */
export const overviewScenarios: Scenarios = {
  'overview-full': {
    title: 'A week',
    path: '/stores/overview',
    api: {
      getOverview: async () => buildOverview(),
      getCapacity: async () => buildCapacity(),
    },
  },
  'overview-empty': { title: 'Nothing yet', path: '/stores/overview', api: {} },
  'overview-loading': {
    title: 'First load',
    path: '/stores/overview',
    api: { getOverview: never, getCapacity: never },
  },
  'overview-unwell': {
    title: 'The platform is not well',
    path: '/stores/overview',
    api: {
      getOverview: async () => {
        const overview = buildOverview();
        return {
          ...overview,
          platform: {
            replicas: overview.platform.replicas.map((replica, index) => ({
              ...replica,
              version: `0.${index + 1}.0`,
            })),
            unheldStores: 3,
            cluster: {
              reachable: false,
              since: new Date().toISOString(),
              message: 'connect ECONNREFUSED',
            },
          },
        };
      },
      getCapacity: async () => buildCapacity(),
    },
  },
  'overview-forbidden': {
    title: 'Forbidden',
    path: '/stores/overview',
    api: {
      getOverview: async () => {
        throw await responseError(
          403,
          'NotAllowedError',
          'ask the platform team',
        );
      },
    },
  },
  'overview-stale': {
    title: 'Stale: choose another time',
    path: '/stores/overview',
    api: {
      getOverview: failAfterFirst(() => buildOverview()),
      getCapacity: async () => buildCapacity(),
    },
  },
  'overview-away': {
    title: 'Backend down',
    path: '/stores/overview',
    api: {
      getOverview: async () => {
        throw new TypeError('Failed to fetch');
      },
      getCapacity: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  },
};
