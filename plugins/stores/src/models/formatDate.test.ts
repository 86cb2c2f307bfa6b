import { formatDate, formatMoment } from './formatDate';

const now = new Date(2026, 10, 24, 18, 0).getTime();
const at = (...parts: [number, number, number, number, number, number]) =>
  new Date(...parts).toISOString();

describe('formatDate', () => {
  it.each([
    [at(2026, 10, 24, 14, 30, 5), '14:30'],
    [at(2026, 10, 3, 14, 30, 5), '3 Nov'],
    [at(2025, 10, 3, 14, 30, 5), '3 Nov 2025'],
  ])('says %s as %s', (time, text) => {
    expect(formatDate(time, now)).toBe(text);
  });
});

describe('formatMoment', () => {
  it.each([
    [at(2026, 10, 24, 14, 30, 5), '14:30:05'],
    [at(2026, 10, 3, 14, 30, 5), '3 Nov, 14:30:05'],
    [at(2025, 10, 3, 14, 30, 5), '3 Nov 2025, 14:30:05'],
  ])('says %s as %s', (time, text) => {
    expect(formatMoment(time, now)).toBe(text);
  });
});
