import { responseError } from '../../src/__testUtils__/responseError';
import { buildPreparation, buildStore } from '../../src/__testUtils__/stores';
import { failAfterFirst, never } from './answers';
import type { Scenarios } from './Scenario';
import { everyState } from './everyState';

const path = '/stores';

/** Every state of the list. */
export const listScenarios: Scenarios = {
  'list-full': {
    title: 'Stores in every state',
    path,
    api: { listStores: async () => ({ items: everyState() }) },
  },
  'list-more': {
    title: 'More than a page',
    path,
    api: {
      listStores: async ({ cursor, owner } = {}) => ({
        items: everyState().filter(store => !owner || store.owner === owner),
        nextCursor: cursor || owner ? undefined : 'more',
      }),
    },
  },
  'list-loading': {
    title: 'First load',
    path,
    api: { listStores: never },
  },
  'list-empty': { title: 'No store yet', path, api: {} },
  'list-no-create': {
    title: 'No store yet, and none may be asked for',
    path,
    api: {},
    denied: ['stores.store.create'],
  },
  'list-no-match': {
    title: 'Filters that leave nothing',
    path: '/stores?q=nothing',
    api: {},
  },
  'list-forbidden': {
    title: 'Forbidden',
    path,
    api: {
      listStores: async () => {
        throw await responseError(
          403,
          'NotAllowedError',
          'ask the platform team',
        );
      },
    },
  },
  'list-limited': {
    title: 'Too many requests',
    path,
    api: {
      listStores: async () => {
        throw await responseError(429, 'TooManyRequestsError', 'slow down', {
          'Retry-After': '180',
        });
      },
    },
  },
  'list-away': {
    title: 'Backend down',
    path,
    api: {
      listStores: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  },
  'list-stale': {
    title: 'Stale: press a filter',
    path,
    api: {
      listStores: failAfterFirst(() => ({ items: [buildStore()] })),
    },
  },
  'list-preparing': {
    title: 'The cluster is being made',
    path,
    api: {
      getCluster: async () => ({
        reachable: false,
        preparation: buildPreparation(),
      }),
      listStores: async () => ({
        items: [
          buildStore({ state: 'REQUESTED', reason: 'ClusterUnreachable' }),
        ],
      }),
    },
  },
  'list-unreachable': {
    title: 'The cluster is away',
    path,
    api: {
      getCluster: async () => ({
        reachable: false,
        since: new Date(Date.now() - 300_000).toISOString(),
        message: 'connect ECONNREFUSED.',
      }),
      listStores: async () => ({ items: everyState() }),
    },
  },
};
