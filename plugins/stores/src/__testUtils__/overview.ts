import type {
  Capacity,
  Overview,
} from '@storeyard/backstage-plugin-stores-common';

/** A week in which eleven stores came to be, three failed and four repairs were made. */
export function buildOverview(overrides: Partial<Overview> = {}): Overview {
  return {
    since: '2026-11-17T00:00:00.000Z',
    countsByState: { READY: 12, PROVISIONING: 1, FAILED: 1, DELETED: 30 },
    activeByOwner: [
      { owner: 'group:default/shop-team', count: 9 },
      { owner: 'group:default/toys', count: 5 },
    ],
    provisioning: { count: 11, p50Seconds: 8.3, p95Seconds: 14.2 },
    bucketSeconds: 86_400,
    buckets: [
      {
        start: '2026-11-21T00:00:00.000Z',
        count: 6,
        p50Seconds: 9.1,
        p95Seconds: 14.2,
      },
      {
        start: '2026-11-23T00:00:00.000Z',
        count: 2,
        p50Seconds: 7.4,
        p95Seconds: 7.9,
      },
      {
        start: '2026-11-24T00:00:00.000Z',
        count: 3,
        p50Seconds: 8.2,
        p95Seconds: 8.8,
      },
    ],
    failuresByReason: [
      { reason: 'ImagePullFailed', count: 2 },
      { reason: 'Unschedulable', count: 1 },
    ],
    repairs: [
      { start: '2026-11-21T00:00:00.000Z', count: 3, stores: 2 },
      { start: '2026-11-24T00:00:00.000Z', count: 1, stores: 1 },
    ],
    platform: {
      replicas: [
        {
          id: 'storeyard-7c9f6-x2x4p:1:0a1b2c3d',
          host: 'storeyard-7c9f6-x2x4p',
          version: '0.1.0',
          startedAt: '2026-11-23T08:00:00.000Z',
          heldStores: 8,
          restarts: 0,
        },
        {
          id: 'storeyard-7c9f6-b8k2m:1:4e5f6a7b',
          host: 'storeyard-7c9f6-b8k2m',
          version: '0.1.0',
          startedAt: '2026-11-24T09:30:00.000Z',
          heldStores: 6,
          restarts: 2,
          lastRestart: {
            at: '2026-11-24T09:29:58.000Z',
            reason: 'OOMKilled',
          },
        },
      ],
      unheldStores: 0,
      cluster: {
        reachable: true,
        since: '2026-11-20T06:00:00.000Z',
        version: 'v1.34.2',
      },
    },
    ...overrides,
  };
}

/** One node that is half full. */
export function buildCapacity(): Capacity {
  return {
    nodes: [
      {
        name: 'storeyard',
        schedulable: true,
        allocatable: { cpu: 2, memory: 8 * 2 ** 30, pods: 110 },
        requested: { cpu: 1, memory: 3.5 * 2 ** 30, pods: 17 },
      },
    ],
    plans: [
      { plan: 'small', needs: { cpu: 0.2, memory: 2 ** 29, pods: 2 }, fits: 5 },
      { plan: 'large', needs: { cpu: 1, memory: 2 ** 31, pods: 2 }, fits: 1 },
    ],
  };
}
