import { createRecord } from './__testUtils__/records';
import {
  APPLIED,
  appliedGeneration,
  appliedStage,
  isUpgradePending,
  withConditions,
} from './storeConditions';

const applied = (reason: string) =>
  ({ type: 'Applied', status: 'True', reason } as const);

describe('withConditions', () => {
  const record = createRecord({ generation: 2 }, applied(APPLIED.objects), {
    type: 'Reachable',
    status: 'True',
  });
  const before = '2026-01-01T00:00:00.000Z';
  const now = new Date('2026-01-01T00:05:00Z');

  it('moves the time of a condition only when its status turns', () => {
    expect(
      withConditions(
        record,
        [
          { type: 'Reachable', status: 'False', message: 'answered 503' },
          applied(APPLIED.upgradeFailed),
          { type: 'Drifted', status: 'True' },
        ],
        now,
      ),
    ).toEqual([
      {
        ...applied(APPLIED.upgradeFailed),
        observedGeneration: 2,
        lastTransitionTime: before,
      },
      {
        type: 'Reachable',
        status: 'False',
        message: 'answered 503',
        observedGeneration: 2,
        lastTransitionTime: now.toISOString(),
      },
      {
        type: 'Drifted',
        status: 'True',
        observedGeneration: 2,
        lastTransitionTime: now.toISOString(),
      },
    ]);
  });

  it('leaves the others as they are', () => {
    const next = { ...record, generation: 3 };
    expect(
      withConditions(next, [{ type: 'Reachable', status: 'True' }], now),
    ).toMatchObject([
      { type: 'Applied', observedGeneration: 2 },
      { type: 'Reachable', observedGeneration: 3, lastTransitionTime: before },
    ]);
  });
});

describe('appliedStage', () => {
  it('is that of the present generation only', () => {
    const record = createRecord(
      { generation: 2 },
      { type: 'NamespaceReady', status: 'True', reason: 'NamespaceThere' },
      applied(APPLIED.objects),
    );
    expect(appliedStage(record)).toBe(APPLIED.objects);
    expect(appliedStage({ ...record, generation: 3 })).toBeUndefined();
    expect(appliedStage(createRecord())).toBeUndefined();
  });
});

it.each([
  [1, 0, 1],
  [2, 1, 1],
  [2, 2, 2],
])(
  'takes of generation %d, with %d dealt with, %d for the one in the cluster',
  (generation, observedGeneration, expected) => {
    expect(appliedGeneration({ generation, observedGeneration })).toBe(
      expected,
    );
  },
);

it.each([
  ['a first generation', 1, 0, APPLIED.rendered, false],
  ['one that is not switched to', 2, 1, APPLIED.rendered, true],
  [
    'one that was asked for before the first was there',
    2,
    0,
    APPLIED.rendered,
    true,
  ],
  ['one that is in the cluster', 2, 2, APPLIED.objects, false],
  ['one that failed', 2, 1, APPLIED.upgradeFailed, false],
])(
  'knows whether %s waits to be put in the place of another',
  (_, generation, observedGeneration, reason, expected) => {
    const record = createRecord(
      { generation, observedGeneration },
      applied(reason),
    );
    expect(isUpgradePending(record)).toBe(expected);
  },
);
