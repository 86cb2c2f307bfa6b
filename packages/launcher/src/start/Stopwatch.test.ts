import { renderSeconds, Stopwatch } from './Stopwatch';

describe('Stopwatch', () => {
  it("tells each part's own time and the one in all", () => {
    const lines: string[] = [];
    const times = [0, 2_500, 65_000];
    const watch = Stopwatch.create(
      line => lines.push(line),
      () => times.shift() ?? 0,
    );
    watch.lap('checks');
    watch.lap('portal');
    expect(lines).toEqual([
      'checks (2.5 s, 2.5 s in all)',
      'portal (1 min 03 s, 1 min 05 s in all)',
    ]);
  });

  it.each([
    [0.04, '0.0 s'],
    [59.7, '1 min 00 s'],
    [42, '42 s'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(renderSeconds(seconds)).toBe(text);
  });
});
