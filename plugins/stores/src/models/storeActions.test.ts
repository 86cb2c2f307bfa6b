import { buildStore } from '../__testUtils__/stores';
import { translate } from '../__testUtils__/translate';
import { whyNot } from './storeActions';

const t = translate();
const now = Date.parse('2026-11-24T10:02:00.000Z');
const may = { allowed: true, owner: 'shop-team', now, t };

describe('whyNot', () => {
  it.each([
    ['open', 'READY', undefined],
    ['open', 'PROVISIONING', 'The shop is not open yet.'],
    ['admin', 'DEGRADED', 'The shop does not answer now.'],
    ['retry', 'READY', 'Nothing to retry: all is well.'],
    ['retry', 'REQUESTED', 'It has not begun yet: it waits its turn.'],
    ['retry', 'FAILED', undefined],
    ['retry', 'DEGRADED', undefined],
    ['retry', 'PROVISIONING', undefined],
    ['retry', 'DELETING', 'The store is being deleted.'],
    ['open', 'DELETED', 'The store is deleted.'],
    ['open', 'DELETING', 'The shop is not open yet.'],
    ['pause', 'READY', undefined],
    ['pause', 'REQUESTED', undefined],
    ['pause', 'DELETING', 'The store is being deleted.'],
    ['delete', 'DELETING', 'The store is being deleted.'],
    ['delete', 'DELETED', 'The store is deleted.'],
    ['delete', 'FAILED', undefined],
  ] as const)('says of %s while %s: %s', (action, state, reason) => {
    expect(whyNot(action, buildStore({ state }), may)).toBe(reason);
  });

  it('lets an upgrade that failed be tried again', () => {
    expect(
      whyNot('retry', buildStore({ reason: 'UpgradeFailed' }), may),
    ).toBeUndefined();
  });

  it('retries nothing that is paused, for as long as it is', () => {
    const store = buildStore({
      state: 'FAILED',
      pausedUntil: '2026-11-24T10:03:00.000Z',
    });
    expect(whyNot('retry', store, may)).toBe(
      'The store is paused: resume it first.',
    );
    expect(
      whyNot('retry', store, { ...may, now: now + 60_000 }),
    ).toBeUndefined();
  });

  it('names who may, and waits until it is known who may', () => {
    expect(whyNot('delete', buildStore(), { ...may, allowed: false })).toBe(
      'Only shop-team and the platform team may do this.',
    );
    expect(
      whyNot('delete', buildStore({ state: 'DELETED' }), {
        ...may,
        allowed: undefined,
      }),
    ).toBe('The store is deleted.');
    expect(whyNot('delete', buildStore(), { ...may, allowed: undefined })).toBe(
      'Asking what you may do…',
    );
  });
});
