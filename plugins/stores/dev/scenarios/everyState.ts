import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { buildStore } from '../../src/__testUtils__/stores';

const ago = (seconds: number) =>
  new Date(Date.now() - seconds * 1_000).toISOString();

/** A store in each state, of one owner and another. */
export function everyState(): Store[] {
  const ours = 'user:default/guest';
  const theirs = 'group:default/toys';
  return [
    buildStore({
      owner: ours,
      createdAt: ago(400_000),
      readyAt: ago(399_991.7),
    }),
    buildStore({
      id: 'new-shop-q1w2e',
      name: 'New Shop',
      owner: ours,
      state: 'PROVISIONING',
      message: 'Preparing the database.',
      createdAt: ago(4),
      readyAt: undefined,
    }),
    buildStore({
      id: 'next-shop-r4t5y',
      name: 'Next Shop',
      owner: ours,
      state: 'REQUESTED',
      queuePosition: 3,
      createdAt: ago(2),
      readyAt: undefined,
    }),
    buildStore({
      id: 'broken-x1y2z',
      name: 'Broken',
      owner: theirs,
      plan: 'large',
      state: 'FAILED',
      reason: 'ImagePullFailed',
      message: 'Failed to pull image "storeyard/medusa:9": manifest unknown',
      createdAt: ago(7_000),
    }),
    buildStore({
      id: 'wobbly-a7s8d',
      name: 'Wobbly Toys and a Name That Is Rather Long for Its Column',
      owner: theirs,
      state: 'DEGRADED',
      reason: 'NotServing',
      pausedUntil: new Date(Date.now() + 3_600_000).toISOString(),
      pauseReason: 'looking at the database',
      pausedBy: 'user:default/ada',
      createdAt: ago(90_000),
      updatedAt: ago(130),
    }),
    buildStore({
      id: 'old-shop-f9g0h',
      name: 'Old Shop',
      owner: theirs,
      state: 'DELETING',
      message: 'waiting for 1 volume.',
      createdAt: ago(9_000_000),
    }),
  ];
}
