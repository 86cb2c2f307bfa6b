import type {
  ClusterPreparation,
  Store,
  StoreEvent,
  StorePlan,
} from '@storeyard/backstage-plugin-stores-common';

/** A store that sells, unless told otherwise. */
export function buildStore(overrides: Partial<Store> = {}): Store {
  const id = overrides.id ?? 'demo-shop-ab12c';
  return {
    id,
    name: 'Demo Shop',
    engine: 'medusa',
    plan: 'small',
    owner: 'group:default/shop-team',
    createdBy: 'user:default/guest',
    parameters: {},
    protected: false,
    state: 'READY',
    conditions: [],
    urls: {
      storefront: `http://${id}.localhost:8080/`,
      admin: `http://${id}.localhost:8080/app`,
      api: `http://${id}.localhost:8080/store`,
    },
    namespace: `store-${id}`,
    chartVersion: '0.1.0',
    imageVersion: '2.18.0',
    attempt: 1,
    generation: 1,
    observedGeneration: 1,
    createdAt: '2026-11-24T10:00:00.000Z',
    updatedAt: '2026-11-24T10:00:06.000Z',
    readyAt: '2026-11-24T10:00:06.000Z',
    ...overrides,
  };
}

export function buildEvent(overrides: Partial<StoreEvent> = {}): StoreEvent {
  return {
    sequence: 1,
    storeId: 'demo-shop-ab12c',
    type: 'requested',
    time: '2026-11-24T10:00:00.000Z',
    actor: 'user:default/guest',
    message: 'Requested',
    ...overrides,
  };
}

/** A cluster's making in its third of eleven parts, now. */
export function buildPreparation(
  overrides: Partial<ClusterPreparation> = {},
): ClusterPreparation {
  const now = new Date().toISOString();
  return {
    instance: 'local',
    status: 'running',
    startedAt: now,
    updatedAt: now,
    part: 3,
    parts: 11,
    elapsedSeconds: 60,
    remainingSeconds: 540,
    log: '/state/logs/up.log',
    items: [
      { id: 'tools', title: 'Compilers', status: 'kept' },
      {
        id: 'kube',
        title: 'Kubernetes',
        status: 'running',
        startedAt: now,
        done: 312,
        total: 1200,
        unit: 'packages',
      },
      { id: 'helm', title: 'Helm', status: 'waiting' },
    ],
    ...overrides,
  };
}

/** The plans that every Storeyard begins with. */
export function buildPlans(): StorePlan[] {
  return [
    {
      name: 'small',
      description: 'For trying out and for small shops',
      default: true,
      fits: 9,
    },
    {
      name: 'medium',
      description: 'For a shop with a few thousand products',
      default: false,
      fits: 3,
    },
    {
      name: 'large',
      description: 'For a busy shop with a large catalogue',
      default: false,
      fits: 0,
    },
  ];
}
