import {
  type Store,
  type StoreEvent,
  storeEventTypes,
} from '@storeyard/backstage-plugin-stores-common';
import { redactEvent, redactStore } from './redact';

const store: Store = {
  id: 'toys-x7k2p',
  name: 'Toys',
  engine: 'medusa',
  plan: 'small',
  owner: 'group:default/toys',
  createdBy: 'user:default/ada',
  parameters: { adminEmail: 'ada@example.org' },
  protected: false,
  state: 'FAILED',
  reason: 'CrashLooping',
  message: 'exited with 1; its last lines:\npassword=hunter2',
  conditions: [
    {
      type: 'Reachable',
      status: 'False',
      reason: 'NotServing',
      message: 'hunter2',
      observedGeneration: 1,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  ],
  urls: { storefront: 's', admin: 'a', api: 'p' },
  namespace: 'store-toys-x7k2p',
  attempt: 0,
  generation: 1,
  observedGeneration: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

describe('redactStore', () => {
  it('says in our words why the store is as it is, and leaves out the rest', () => {
    const { message: _, ...condition } = store.conditions[0]!;
    expect(redactStore(store)).toStrictEqual({
      ...store,
      parameters: {},
      message: 'A container of the store keeps exiting.',
      conditions: [condition],
    });
  });

  it.each([
    ['without a reason', { reason: undefined }],
    ['without a message', { message: undefined }],
  ])('says nothing of a store %s', (_, what) => {
    expect(redactStore({ ...store, ...what }).message).toBeUndefined();
  });
});

describe('redactEvent', () => {
  const event: StoreEvent = {
    sequence: 1,
    storeId: 'toys-x7k2p',
    type: 'failed',
    time: '2026-01-01T00:00:00Z',
    message: 'hunter2',
    details: { reason: 'CrashLooping', log: 'hunter2' },
  };

  it('says in our words what happened', () => {
    const { details: _, ...rest } = event;
    expect(redactEvent(event)).toStrictEqual({
      ...rest,
      message: 'A container of the store keeps exiting.',
    });
    for (const details of [undefined, {}, { reason: 'hunter2' }]) {
      expect(
        redactEvent({ ...event, type: 'drift-found', details }),
      ).toStrictEqual({
        ...rest,
        type: 'drift-found',
        message: 'Drift found.',
      });
    }
  });

  it('leaves the messages that quote nobody, without their details', () => {
    const kept = storeEventTypes.filter(
      type => redactEvent({ ...event, type }).message === event.message,
    );
    expect(kept).toEqual([
      'requested',
      'provisioning-started',
      'rendered',
      'namespace-created',
      'secrets-applied',
      'applied',
      'database-ready',
      'backend-ready',
      'ready',
      'recovered',
      'release-recorded',
      'retry-requested',
      'upgrade-requested',
      'upgrading',
      'pruned',
      'paused',
      'resumed',
      'owner-changed',
      'protection-changed',
      'data-loss-accepted',
      'deletion-requested',
      'release-removed',
      'workloads-deleted',
      'namespace-deleting',
      'deleted',
      'cluster-reachable',
    ]);
    for (const type of kept) {
      expect(redactEvent({ ...event, type })).not.toHaveProperty('details');
    }
  });
});
