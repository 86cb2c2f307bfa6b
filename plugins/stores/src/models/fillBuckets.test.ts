import { fillBuckets } from './fillBuckets';

describe('fillBuckets', () => {
  it('counts nothing in the times in which nothing was', () => {
    expect(
      fillBuckets([{ start: '2026-11-21T00:00:00.000Z', count: 3 }], {
        since: '2026-11-19T13:00:00.000Z',
        until: Date.UTC(2026, 10, 22, 1),
        bucketSeconds: 86_400,
      }),
    ).toEqual([
      { at: Date.UTC(2026, 10, 19), count: 0 },
      { at: Date.UTC(2026, 10, 20), count: 0 },
      { at: Date.UTC(2026, 10, 21), count: 3 },
      { at: Date.UTC(2026, 10, 22), count: 0 },
    ]);
  });

  it('is nothing of a time that has not begun', () => {
    expect(
      fillBuckets([], {
        since: '2026-11-19T13:00:00.000Z',
        until: 0,
        bucketSeconds: 3_600,
      }),
    ).toEqual([]);
  });
});
