import { roundUp, shapeLines } from './lineChart';

describe('roundUp', () => {
  it.each([
    [0, 1],
    [0.8, 1],
    [8.3, 10],
    [10, 10],
    [12, 20],
    [43, 50],
    [51, 100],
  ])('brings %d to %d', (value, top) => {
    expect(roundUp(value)).toBe(top);
  });
});

describe('shapeLines', () => {
  const size = { width: 100, height: 50 };

  it('spreads moments over the width and values over the height', () => {
    expect(
      shapeLines(
        [
          { at: 0, values: [5, 10] },
          { at: 10, values: [0, 2.5] },
        ],
        size,
      ),
    ).toEqual({
      lines: [
        [
          { x: 0, y: 25 },
          { x: 100, y: 50 },
        ],
        [
          { x: 0, y: 0 },
          { x: 100, y: 37.5 },
        ],
      ],
      ticks: [
        { value: 0, y: 50 },
        { value: 5, y: 25 },
        { value: 10, y: 0 },
      ],
    });
  });

  it('puts a single moment into the middle, and draws nothing of nothing', () => {
    expect(shapeLines([{ at: 7, values: [1] }], size).lines).toEqual([
      [{ x: 50, y: 0 }],
    ]);
    expect(shapeLines([], size).lines).toEqual([]);
  });
});
