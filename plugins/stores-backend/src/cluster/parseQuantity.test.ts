import { parseQuantity } from './parseQuantity';

describe('parseQuantity', () => {
  it.each([
    ['1', 1],
    ['250m', 0.25],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['100n', 1e-7],
    ['2k', 2000],
    ['1Ki', 1024],
    ['512Mi', 536870912],
    ['1Gi', 1073741824],
    ['1G', 1e9],
    ['2e3', 2000],
    ['2E', 2e18],
    ['1E3', 1000],
    ['0', 0],
    ['-1', -1],
    ['+10', 10],
    ['.25', 0.25],
    ['1e-3', 0.001],
    ['1E+10', 1e10],
    [3, 3],
  ])('reads %p as %p', (quantity, expected) => {
    expect(parseQuantity(quantity)).toBeCloseTo(expected, 9);
  });

  it.each([
    '',
    'x',
    '1Zi',
    '1 Gi',
    '--1',
    ' 1',
    '1 ',
    'a1',
    null,
    undefined,
    {},
  ])('takes %p for no quantity', quantity => {
    expect(parseQuantity(quantity)).toBeUndefined();
  });
});
