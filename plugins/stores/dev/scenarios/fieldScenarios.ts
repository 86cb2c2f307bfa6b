import { buildCapacity } from '../../src/__testUtils__/overview';
import { buildPlans, buildStore } from '../../src/__testUtils__/stores';
import type { StoresApi } from '../../src/api';
import { never } from './answers';
import type { Scenarios } from './Scenario';

const path = '/fields';

/** The plans, and what the owner who was chosen has used of five stores. */
function plansWith(used: number): StoresApi['getPlans'] {
  return async ({ owner } = {}) => ({
    items: buildPlans(),
    quota: owner ? { owner, used, limit: 5, left: 5 - used } : undefined,
  });
}

const few = async () => ['shop-team', 'toys'];

const away = async () => {
  throw new TypeError('Failed to fetch');
};

/** Every state of the template's own fields. */
export const fieldScenarios: Scenarios = {
  'fields-free': {
    title: 'Whatever is typed is free',
    path,
    api: {
      getCapacity: async () => buildCapacity(),
      getPlans: plansWith(2),
      listStores: async () => ({ items: [buildStore()] }),
    },
    groups: few,
  },
  'fields-taken': {
    title: 'Whatever is typed is taken',
    path,
    api: {
      checkName: async name => ({
        name,
        available: false,
        slug: 'demo-shop',
        storefront: 'http://demo-shop-….localhost:8080',
        problem: 'taken',
        takenBy: 'demo-shop-ab12c',
      }),
      getPlans: plansWith(2),
    },
    groups: few,
  },
  'fields-one-group': {
    title: 'One group, which is chosen',
    path,
    api: { getPlans: plansWith(0) },
    groups: async () => ['shop-team'],
  },
  'fields-many-groups': {
    title: 'Many groups, to search among',
    path,
    api: { getPlans: plansWith(4) },
    groups: async () =>
      Array.from({ length: 24 }, (_, index) => `team-${index + 1}`),
  },
  'fields-no-group': {
    title: 'No group that could own a store',
    path,
    api: {},
  },
  'fields-full': {
    title: 'The owner may have no more',
    path,
    api: { getPlans: plansWith(5) },
    groups: async () => ['shop-team'],
  },
  'fields-loading': {
    title: 'First load: type a name',
    path,
    api: { checkName: never, getPlans: never },
    groups: never,
  },
  'fields-away': {
    title: 'Backend down: type a name',
    path,
    api: { checkName: away, getPlans: away },
    groups: away,
  },
};
