import type { StoreConditionType } from '@storeyard/backstage-plugin-stores-common';
import { buildStore } from '../__testUtils__/stores';
import { translate } from '../__testUtils__/translate';
import { describePause, describeStore } from './describeStore';

function condition(type: StoreConditionType, status: 'True' | 'False') {
  return {
    type,
    status,
    observedGeneration: 1,
    lastTransitionTime: '2026-11-24T10:00:00.000Z',
  };
}

const now = Date.parse('2026-11-24T10:02:00.000Z');
const context = { now, t: translate() };

describe('describeStore', () => {
  it.each([
    [{ state: 'REQUESTED', queuePosition: 3 }, 'Waiting its turn, 3 ahead'],
    [{ state: 'REQUESTED' }, 'Waiting its turn'],
    [{ state: 'REQUESTED', queuePosition: 0 }, 'Waiting its turn'],
    [{ state: 'PROVISIONING', queuePosition: 3 }, 'Waiting its turn, 3 ahead'],
    [
      { state: 'REQUESTED', reason: 'ClusterUnreachable' },
      'Waiting for the cluster',
    ],
    [
      { state: 'REQUESTED', reason: 'PolicyMissing', queuePosition: 3 },
      "The cluster lacks the admission policy that bounds Storeyard's rights.",
    ],
    [
      {
        state: 'PROVISIONING',
        conditions: [
          condition('NamespaceReady', 'True'),
          condition('Applied', 'True'),
        ],
        createdAt: '2026-11-24T10:01:48.000Z',
        readyAt: undefined,
      },
      'Preparing the database · 12 s',
    ],
    [
      { state: 'READY', readyAt: '2026-11-03T09:00:00.000Z' },
      'Open for business since 3 Nov',
    ],
    [{ state: 'READY', readyAt: undefined }, 'Open for business'],
    [
      {
        state: 'DEGRADED',
        conditions: [condition('Reachable', 'False')],
      },
      'Not answering since 2 min, being repaired',
    ],
    [
      {
        state: 'DEGRADED',
        conditions: [condition('Reachable', 'False')],
        pausedUntil: '2026-11-24T11:00:00.000Z',
      },
      'Not answering since 2 min',
    ],
    [
      {
        state: 'DEGRADED',
        conditions: [condition('Reachable', 'True')],
        updatedAt: '2026-11-24T10:01:30.000Z',
      },
      'Not answering since 30 s, being repaired',
    ],
    [{ state: 'FAILED', message: 'no' }, 'no'],
    [{ state: 'FAILED' }, "The store can't be set up."],
    [{ state: 'DELETING' }, 'Deleting'],
    [{ state: 'DELETED' }, 'Deleted'],
    [
      { state: 'DEGRADED', reason: 'VolumeBeingDeleted' },
      'A volume of the store is being deleted.',
    ],
    [
      { state: 'DELETING', message: 'waiting for 1 volume.' },
      'Deleting: waiting for 1 volume',
    ],
    [
      {
        state: 'DELETING',
        reason: 'DeletionBlocked',
        message: 'waiting for 1 volume.',
      },
      'Deleting: waiting for 1 volume',
    ],
    [
      {
        state: 'DELETING',
        reason: 'ClusterUnreachable',
        message: 'connect ECONNREFUSED 127.0.0.1:6443',
      },
      'Deleting. The cluster does not answer',
    ],
    [
      { state: 'DELETED', deletedAt: '2026-11-24T10:01:00.000Z' },
      'Deleted 1 min ago',
    ],
  ] as const)('says of %j: %s', (overrides, sentence) => {
    const store = buildStore(overrides as Parameters<typeof buildStore>[0]);
    expect(describeStore(store, context).sentence).toBe(sentence);
  });

  it.each([
    [
      { state: 'READY', readyAt: '2026-11-24T10:00:06.000Z' },
      '2026-11-24T10:00:06.000Z',
    ],
    [
      { state: 'DEGRADED', conditions: [condition('Reachable', 'False')] },
      '2026-11-24T10:00:00.000Z',
    ],
    [{ state: 'PROVISIONING', readyAt: undefined }, '2026-11-24T10:00:00.000Z'],
    [
      { state: 'DELETED', deletedAt: '2026-11-24T10:01:00.000Z' },
      '2026-11-24T10:01:00.000Z',
    ],
    [{ state: 'FAILED' }, undefined],
  ] as const)('counts %j from %s', (overrides, since) => {
    const store = buildStore(overrides as Parameters<typeof buildStore>[0]);
    expect(describeStore(store, context).since).toBe(since);
  });

  it.each(['DEGRADED', 'FAILED', 'DELETING'] as const)(
    'says what to do while %s, if anything',
    state => {
      const remedy = 'Look at the node.';
      expect(describeStore(buildStore({ state, remedy }), context).remedy).toBe(
        remedy,
      );
      expect(
        describeStore(buildStore({ state }), context).remedy,
      ).toBeUndefined();
    },
  );

  it('says why a store failed and what to do, the record before the vocabulary', () => {
    expect(
      describeStore(
        buildStore({ state: 'FAILED', reason: 'ImagePullFailed' }),
        context,
      ),
    ).toEqual({
      sentence: "The image of the store can't be pulled.",
      remedy: expect.stringContaining('Check the image name'),
    });
    expect(
      describeStore(
        buildStore({
          state: 'FAILED',
          reason: 'ImagePullFailed',
          remedy: 'Load the image.',
        }),
        context,
      ).remedy,
    ).toBe('Load the image.');
  });

  it.each([
    [0, 'Making its namespace · 12 s'],
    [1, 'Handing its parts to the cluster · 12 s'],
    [2, 'Preparing the database · 12 s'],
    [3, 'Starting the shop · 12 s'],
    [4, 'Waiting for the shop to answer · 12 s'],
    [5, 'Being set up · 12 s'],
  ])('says what is happening when %d facts hold', (count, sentence) => {
    const facts = [
      'NamespaceReady',
      'Applied',
      'DatabaseReady',
      'BackendReady',
      'Reachable',
    ] as const;
    expect(
      describeStore(
        buildStore({
          state: 'PROVISIONING',
          createdAt: '2026-11-24T10:01:48.000Z',
          readyAt: undefined,
          conditions: facts.map((type, index) => ({
            type,
            status: index < count ? 'True' : 'False',
            observedGeneration: 1,
            lastTransitionTime: '2026-11-24T10:01:50.000Z',
          })),
        }),
        context,
      ).sentence,
    ).toBe(sentence);
  });

  it.each([
    [
      { message: 'the server could not find the requested resource' },
      'Making its namespace · 12 s',
    ],
    [
      {
        message: 'the server could not find the requested resource',
        attempt: 2,
        nextAttemptAt: '2026-11-24T10:02:04.000Z',
      },
      'Making its namespace, attempt 3 · 12 s',
    ],
    [
      { reason: 'Unschedulable', message: '0/1 nodes are available' },
      'No node of the cluster has room for the store · 12 s',
    ],
  ] as const)(
    'says in its own words what is happening, whatever the cluster says: %j',
    (overrides, sentence) => {
      expect(
        describeStore(
          buildStore({
            state: 'PROVISIONING',
            createdAt: '2026-11-24T10:01:48.000Z',
            readyAt: undefined,
            ...overrides,
          }),
          context,
        ).sentence,
      ).toBe(sentence);
    },
  );

  it('counts from the switch, not from the making, when a store that sold is set up again', () => {
    expect(
      describeStore(
        buildStore({
          state: 'PROVISIONING',
          reason: 'Upgrading',
          message: 'Generation 2 takes the place of 1',
          createdAt: '2026-01-01T00:00:00.000Z',
          // It answered until the switch.
          conditions: [condition('Reachable', 'True')],
          updatedAt: '2026-11-24T10:01:30.000Z',
        }),
        context,
      ).sentence,
    ).toBe('The store is being switched to its new version · 30 s');
  });
});

describe('describePause', () => {
  const pausedUntil = '2026-11-26T14:30:00.000Z';

  const pauseReason = 'debugging';
  const pausedBy = 'user:default/ada';

  it.each([
    [{}, 'Paused until 26 Nov, 14:30: changes by hand are left alone'],
    [
      { pauseReason },
      'Paused until 26 Nov, 14:30 (debugging): changes by hand are left alone',
    ],
    [
      { pausedBy },
      'Paused by ada until 26 Nov, 14:30: changes by hand are left alone',
    ],
    [
      { pausedBy, pauseReason },
      'Paused by ada until 26 Nov, 14:30 (debugging): changes by hand are left alone',
    ],
    [
      { pausedBy, pausedUntil: '2026-11-24T14:30:00.000Z' },
      'Paused by ada until 14:30: changes by hand are left alone',
    ],
  ])('says of %j by whom, until when and why', (overrides, sentence) => {
    expect(
      describePause(buildStore({ pausedUntil, ...overrides }), context),
    ).toBe(sentence);
  });

  it.each([
    {},
    { pausedUntil: '2026-11-24T10:01:59.000Z' },
    { pausedUntil, state: 'DELETING' as const },
    { pausedUntil, state: 'DELETED' as const },
  ])('says nothing of %j', overrides => {
    expect(describePause(buildStore(overrides), context)).toBeUndefined();
  });
});
