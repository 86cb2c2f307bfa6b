import { formatBytes, formatCores, parseQuantity, shareOf } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    ['1Gi', 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['128974848', 128974848],
    ['12e6', 12e6],
    ['5k', 5000],
    ['much', undefined],
    ['', undefined],
    ['3 Gi', undefined],
  ])('reads %s as %s', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });
});

describe('shareOf', () => {
  it('compares whatever the units, and never tells of more than all', () => {
    expect(shareOf('512Mi', '1Gi')).toBe(0.5);
    expect(shareOf('3', '2')).toBe(1);
    expect(shareOf('1', '0')).toBeUndefined();
    expect(shareOf('?', '1')).toBeUndefined();
  });
});

describe('formatBytes and formatCores', () => {
  it('choose the unit that a person would', () => {
    expect(formatBytes(512 * 2 ** 20)).toBe('512 MiB');
    expect(formatBytes(7.64 * 2 ** 30)).toBe('7.6 GiB');
    expect(formatCores(1.25)).toBe('1.3');
  });
});
