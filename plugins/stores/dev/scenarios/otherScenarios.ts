import { buildCapacity, buildOverview } from '../../src/__testUtils__/overview';
import { responseError } from '../../src/__testUtils__/responseError';
import { buildStore } from '../../src/__testUtils__/stores';
import { never } from './answers';
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
