import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { eventLog } from '../../src/__testUtils__/eventLog';
import { responseError } from '../../src/__testUtils__/responseError';
import { buildEvent, buildStore } from '../../src/__testUtils__/stores';
import type { StoresApi } from '../../src/api';
import { failAfterFirst, never } from './answers';
import { everyState } from './everyState';
import type { Scenarios } from './Scenario';
import { failedStory, readyStory, resources } from './stories';

const path = '/stores/demo-shop-ab12c';

function answering(store: Store): Partial<StoresApi> {
  return {
    getStore: async () => store,
    getResources: async () => resources(),
    getLogs: async (
      _id,
      { workload = 'medusa-api', previous = false } = {},
    ) => ({
      workload,
      pod: `${workload}-6d8f`,
      container: workload,
      previous,
      lines: [
        'info: Server is ready on port: 9000',
        'http: GET /store/products 200',
      ],
    }),
    getCredentials: async () => ({
      email: 'admin@demo-shop.example',
      password: 'not a real one',
      url: store.urls.admin,
    }),
    changeStore: async () => store,
    pauseStore: async () => store,
    resumeStore: async () => store,
    retryStore: async () => store,
    ...eventLog(store.state === 'FAILED' ? failedStory() : readyStory()),
  };
}

const inEveryState: Scenarios = Object.fromEntries(
  everyState().map(store => [
    `store-${store.state.toLocaleLowerCase('en-US')}`,
    {
      title: `A store that is ${store.state}`,
      path: `/stores/${store.id}`,
      api: answering({
        ...store,
        conditions: [
          {
            type: 'NamespaceReady',
            status: 'True',
            observedGeneration: 1,
            lastTransitionTime: store.createdAt,
          },
          {
            type: 'Reachable',
            status: store.state === 'READY' ? 'True' : 'False',
            message:
              store.state === 'READY'
                ? undefined
                : 'GET /ready through the ingress answered 503',
            observedGeneration: 1,
            lastTransitionTime: store.updatedAt,
          },
        ],
      }),
    },
  ]),
);

/** Every state of a store's page. */
export const storeScenarios: Scenarios = {
  ...inEveryState,
  'store-retrying': {
    title: 'Failed, with another attempt to come',
    path,
    api: answering(
      buildStore({
        state: 'FAILED',
        reason: 'Unschedulable',
        message: '0/1 nodes are available: 1 Insufficient memory.',
        attempt: 3,
        nextAttemptAt: new Date(Date.now() + 240_000).toISOString(),
      }),
    ),
  },
  'store-lost': {
    title: 'Data lost',
    path,
    api: answering(buildStore({ state: 'FAILED', reason: 'DataLost' })),
  },
  'store-blocked': {
    title: 'Deletion held up',
    path,
    api: answering(
      buildStore({
        state: 'DELETING',
        reason: 'DeletionBlocked',
        message: 'waiting for 1 volume held by kubernetes.io/pvc-protection.',
        remedy: 'Look at the node that the volume is attached to.',
      }),
    ),
  },
  'store-protected': {
    title: 'Protected',
    path,
    api: answering(buildStore({ protected: true })),
  },
  'store-foreign': {
    title: 'Of somebody else: nothing may be done',
    path,
    api: answering(buildStore()),
    denied: [
      'stores.store.delete',
      'stores.store.retry',
      'stores.store.pause',
      'stores.store.update',
      'stores.store.logs.read',
      'stores.store.credentials.read',
    ],
  },
  'store-long': {
    title: 'With a long story',
    path,
    api: {
      ...answering(buildStore()),
      ...eventLog([
        ...readyStory(),
        ...Array.from({ length: 240 }, (_, index) =>
          buildEvent({
            sequence: index + 100,
            type: 'repaired',
            actor: undefined,
            message: `Put Deployment medusa-api back (${index + 1})`,
            time: new Date(Date.now() - (240 - index) * 60_000).toISOString(),
          }),
        ),
      ]),
    },
  },
  'store-deleted': {
    title: 'Deleted',
    path,
    api: answering(
      buildStore({ state: 'DELETED', deletedAt: new Date().toISOString() }),
    ),
  },
  'store-loading': { title: 'First load', path, api: { getStore: never } },
  'store-missing': {
    title: 'Not found',
    path,
    api: {
      getStore: async () => {
        throw await responseError(404, 'NotFoundError', 'no such store');
      },
    },
  },
  'store-forbidden': {
    title: 'Forbidden',
    path,
    api: {
      getStore: async () => {
        throw await responseError(403, 'NotAllowedError', 'ask its owner');
      },
    },
  },
  'store-away': {
    title: 'Backend down',
    path,
    api: {
      getStore: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  },
  'store-stale': {
    title: 'Stale: press Protect',
    path,
    api: {
      ...answering(buildStore()),
      getStore: failAfterFirst(() => buildStore()),
    },
  },
  'store-refused': {
    title: 'Refused: press Protect',
    path,
    api: {
      ...answering(buildStore()),
      changeStore: async () => {
        throw await responseError(409, 'ConflictError', 'it is being deleted');
      },
    },
  },
};
