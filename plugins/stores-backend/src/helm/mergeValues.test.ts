import { mergeValues } from './mergeValues';

describe('mergeValues', () => {
  it('merges mappings key by key and replaces everything else', () => {
    expect(
      mergeValues(
        { a: { b: 1, c: [1, 2] }, d: 'x' },
        { a: { c: [3] } },
        { a: { e: true }, d: { f: 1 } },
      ),
    ).toEqual({ a: { b: 1, c: [3], e: true }, d: { f: 1 } });
  });

  it('leaves its arguments alone', () => {
    const below = { a: { b: 1 } };
    mergeValues(below, { a: { b: 2 } });
    expect(below).toEqual({ a: { b: 1 } });
  });
});
