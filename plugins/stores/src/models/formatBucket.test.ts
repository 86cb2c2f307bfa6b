import { formatBucket } from './formatBucket';

it.each([
  [3_600, '3 Nov, 14:30'],
  [86_399, '3 Nov, 14:30'],
  [86_400, '3 Nov'],
])('names a stretch of %d seconds by its beginning: %s', (seconds, text) => {
  expect(formatBucket(new Date(2026, 10, 3, 14, 30).getTime(), seconds)).toBe(
    text,
  );
});
