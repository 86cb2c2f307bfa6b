import {
  describeStoreReason,
  isStoreReason,
  storeReasons,
} from './StoreReason';

it.each(Object.entries(storeReasons))(
  '%s has words that read well',
  (_, text) => {
    expect(text.sentence).toMatch(/^[A-Z].*\.$/);
    expect('remedy' in text ? text.remedy : 'None.').toMatch(/^[A-Z].*\.$/);
  },
);

it('tells reasons from other words', () => {
  expect(isStoreReason('ImagePullFailed')).toBe(true);
  expect(isStoreReason('toString')).toBe(false);
  expect(isStoreReason(undefined)).toBe(false);
  expect(isStoreReason(['ImagePullFailed'])).toBe(false);
});

it('says what a person can do', () => {
  expect(describeStoreReason('Unschedulable').remedy).toContain('smaller plan');
});
