import { buildStore } from '../__testUtils__/stores';
import { translate } from '../__testUtils__/translate';
import { noticeOf } from './storeNotice';

const now = Date.parse('2026-11-24T10:02:00.000Z');
const context = { now, t: translate() };

describe('noticeOf', () => {
  it('says why, what to do, when it is tried again, and what the cluster said', () => {
    expect(
      noticeOf(
        buildStore({
          state: 'FAILED',
          reason: 'ImagePullFailed',
          message: 'manifest unknown',
          remedy: 'Load the image.',
          attempt: 2,
          nextAttemptAt: '2026-11-24T10:05:00.000Z',
        }),
        context,
      ),
    ).toEqual({
      status: 'danger',
      title: 'This store needs you',
      text: "The image of the store can't be pulled. Load the image.",
      next: {
        text: 'Next attempt in 3 min (attempt 3).',
        at: '2026-11-24T10:05:00.000Z',
      },
      words: 'manifest unknown',
    });
  });

  it('calls lost data by its name', () => {
    expect(
      noticeOf(buildStore({ state: 'FAILED', reason: 'DataLost' }), context)
        ?.title,
    ).toBe("This store's data is gone");
  });

  it.each([
    [
      { state: 'DEGRADED', remedy: 'Look at the node.' },
      'warning',
      'This store does not answer',
    ],
    [
      { state: 'DEGRADED', reason: 'VolumeBeingDeleted' },
      'danger',
      'This store does not answer',
    ],
    [
      { state: 'READY', reason: 'UpgradeFailed' },
      'warning',
      'The upgrade did not work',
    ],
  ] as const)('speaks up for %j', (overrides, status, title) => {
    expect(noticeOf(buildStore(overrides), context)).toMatchObject({
      status,
      title,
    });
  });

  it('expects at any moment what is due', () => {
    expect(
      noticeOf(
        buildStore({
          state: 'FAILED',
          attempt: 2,
          nextAttemptAt: '2026-11-24T10:02:00.000Z',
        }),
        context,
      )?.next?.text,
    ).toBe('Next attempt at any moment (attempt 3).');
  });

  it('ends a sentence before it says what to do', () => {
    expect(
      noticeOf(
        buildStore({
          state: 'READY',
          reason: 'UpgradeFailed',
          remedy: 'Retry.',
        }),
        context,
      )?.text,
    ).toBe('Open for business since 10:00. Retry.');
  });

  it('speaks up when a deletion is held up', () => {
    expect(
      noticeOf(
        buildStore({
          state: 'DELETING',
          reason: 'DeletionBlocked',
          message: 'waiting for 1 volume.',
          remedy: 'Look at the node.',
        }),
        context,
      ),
    ).toEqual({
      status: 'warning',
      title: 'The deletion is held up',
      // The state's sentence has the cluster's words already.
      text: 'Look at the node.',
    });
  });

  it.each([
    { state: 'READY' },
    { state: 'READY', reason: 'DeletionBlocked' },
    { state: 'DELETING', reason: 'UpgradeFailed' },
    { state: 'PROVISIONING' },
    { state: 'DEGRADED' },
    { state: 'DELETING' },
  ] as const)(
    'leaves a person alone while the portal works on it: %j',
    overrides => {
      expect(noticeOf(buildStore(overrides), context)).toBeUndefined();
    },
  );
});
