import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [-3, '0 s'],
    [59.6, '1 min'],
    [59, '59 s'],
    [3599, '59 min'],
    [3600, '1 h'],
    [47 * 3600, '47 h'],
    [48 * 3600, '2 d'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
