/** One moment and its values. */
export interface ChartPoint {
  /** In milliseconds since the epoch. */
  at: number;
  values: number[];
}

/** A chart in the units of its picture. */
export interface LineChartShape {
  /** One for each of a point's values: positions of its dots, in order. */
  lines: Array<Array<{ x: number; y: number }>>;
  /** Horizontal lines with the value that they stand for. */
  ticks: Array<{ y: number; value: number }>;
}

const steps = [1, 2, 5];

/** The smallest number of the form 1, 2 or 5 × 10ⁿ that is not below a value. */
export function roundUp(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const step = steps.find(each => each * power >= value);
  return step === undefined ? 10 * power : step * power;
}

/** Where lines go in a picture of a size, from the first moment to the last and from zero up. */
export function shapeLines(
  points: readonly ChartPoint[],
  { width, height }: { width: number; height: number },
): LineChartShape {
  const top = roundUp(Math.max(0, ...points.flatMap(({ values }) => values)));
  const first = points[0]?.at ?? 0;
  const span = (points.at(-1)?.at ?? 0) - first;
  const x = (at: number) =>
    span === 0 ? width / 2 : ((at - first) / span) * width;
  const y = (value: number) => height - (value / top) * height;
  const count = points[0]?.values.length ?? 0;
  return {
    lines: Array.from({ length: count }, (_, index) =>
      points.map(({ at, values }) => ({
        x: x(at),
        y: y(values[index] ?? 0),
      })),
    ),
    ticks: [0, top / 2, top].map(value => ({ value, y: y(value) })),
  };
}
