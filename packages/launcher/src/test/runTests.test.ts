import { selectStages } from './runTests';
import { nothingCounted, TestStage } from './TestStage';

const stages: TestStage[] = ['unit', 'e2e'].map(id => ({
  id,
  title: id,
  run: async () => nothingCounted,
}));

describe('selectStages', () => {
  it('takes all when none is named', () => {
    expect(selectStages(stages, [])).toBe(stages);
  });

  it('keeps the order of the suite, not of the arguments', () => {
    expect(selectStages(stages, ['e2e', 'unit']).map(s => s.id)).toEqual([
      'unit',
      'e2e',
    ]);
  });

  it('names what it does not know and what it does', () => {
    expect(() => selectStages(stages, ['e3e'])).toThrow(
      "No such stage: 'e3e'. Known: unit, e2e",
    );
  });
});
