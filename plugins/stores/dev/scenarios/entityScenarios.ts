import { eventLog } from '../../src/__testUtils__/eventLog';
import { responseError } from '../../src/__testUtils__/responseError';
import { buildStore } from '../../src/__testUtils__/stores';
import { never } from './answers';
import type { Scenarios } from './Scenario';
import { failedStory, readyStory } from './stories';

const path = '/entity';

/** Every state of what a store's entity shows. */
export const entityScenarios: Scenarios = {
  'entity-ready': {
    title: 'A store that sells',
    path,
    api: { getStore: async () => buildStore(), ...eventLog(readyStory()) },
  },
  'entity-failed': {
    title: 'A store that failed',
    path,
    api: {
      getStore: async () =>
        buildStore({
          state: 'FAILED',
          reason: 'ImagePullFailed',
          message: 'manifest unknown',
        }),
      ...eventLog(failedStory()),
    },
  },
  'entity-deleting': {
    title: 'A store that is being deleted',
    path,
    api: {
      getStore: async () =>
        buildStore({ state: 'DELETING', message: 'waiting for 1 volume.' }),
      ...eventLog(readyStory()),
    },
  },
  'entity-loading': {
    title: 'First load of an entity',
    path,
    api: { getStore: never, listEvents: never },
  },
  'entity-missing': {
    title: 'The entity has outlived its store',
    path,
    api: {
      getStore: async () => {
        throw await responseError(404, 'NotFoundError', 'no such store');
      },
    },
  },
  'entity-away': {
    title: 'Backend down behind an entity',
    path,
    api: {
      getStore: async () => {
        throw new TypeError('Failed to fetch');
      },
      listEvents: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  },
};
