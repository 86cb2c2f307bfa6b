import { buildStore } from '../__testUtils__/stores';
import { describeStore } from './describeStore';

const now = Date.parse('2026-11-24T10:02:00.000Z');

describe('describeStore', () => {
  it.each([
    [{ state: 'REQUESTED', queuePosition: 3 }, 'Waiting its turn, 3 ahead'],
    [{ state: 'REQUESTED' }, 'Waiting its turn'],
    [
      { state: 'REQUESTED', reason: 'ClusterUnreachable' },
      'Waiting for the cluster',
    ],
    [
      {
        state: 'PROVISIONING',
        message: 'Preparing the database.',
        createdAt: '2026-11-24T10:01:48.000Z',
      },
      'Preparing the database · 12 s',
    ],
    [
      { state: 'READY', readyAt: '2026-11-03T09:00:00.000Z' },
      'Open for business since 3 Nov',
    ],
    [
      {
        state: 'DEGRADED',
        conditions: [
          {
            type: 'Reachable',
            status: 'False',
            observedGeneration: 1,
            lastTransitionTime: '2026-11-24T10:00:00.000Z',
          },
        ],
      },
      'Not answering since 2 min, being repaired',
    ],
    [
      { state: 'DELETING', message: 'waiting for 1 volume.' },
      'Deleting: waiting for 1 volume',
    ],
    [
      { state: 'DELETED', deletedAt: '2026-11-24T10:01:00.000Z' },
      'Deleted 1 min ago',
    ],
  ] as const)('says of %j: %s', (overrides, sentence) => {
    const store = buildStore(overrides as Parameters<typeof buildStore>[0]);
    expect(describeStore(store, now).sentence).toBe(sentence);
  });

  it('says why a store failed and what to do, the record before the vocabulary', () => {
    expect(
      describeStore(
        buildStore({ state: 'FAILED', reason: 'ImagePullFailed' }),
        now,
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
        now,
      ).remedy,
    ).toBe('Load the image.');
  });
});
