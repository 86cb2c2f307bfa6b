import {
  type StoreEventType,
  storeEventTypes,
} from '@storeyard/backstage-plugin-stores-common';
import { buildEvent } from '../__testUtils__/stores';
import { groupTimeline, isOfKind, timelineText } from './timeline';

/** Events of these kinds, each so many seconds after the request. */
function log(...entries: Array<[StoreEventType, number]>) {
  return entries.map(([type, seconds], index) =>
    buildEvent({
      sequence: index + 1,
      type,
      time: new Date(Date.UTC(2026, 10, 24) + seconds * 1_000).toISOString(),
      message: type,
      actor: type === 'requested' ? 'user:default/guest' : undefined,
    }),
  );
}

const provisioning: Array<[StoreEventType, number]> = [
  ['requested', 0],
  ['provisioning-started', 0.2],
  ['namespace-created', 1],
  ['applied', 2],
  ['database-ready', 5],
  ['backend-ready', 8],
  ['ready', 8.5],
];

describe('groupTimeline', () => {
  it('groups by phase, newest first, and says where the time went', () => {
    expect(
      groupTimeline(log(...provisioning)).map(({ phase, seconds }) => [
        phase,
        seconds,
      ]),
    ).toEqual([
      ['reachable', 0.5],
      ['shop', 3],
      ['database', 4],
      ['namespace', 1],
      ['request', undefined],
    ]);
  });

  it('folds attempts that followed each other, the newest on top', () => {
    const [group] = groupTimeline(
      log(
        ['requested', 0],
        ['applied', 1],
        ['attempt-failed', 2],
        ['retry-scheduled', 2],
        ['attempt-failed', 9],
      ),
    );
    expect(group?.phase).toBe('database');
    expect(
      group?.lines.map(({ event, folded }) => [
        event.sequence,
        folded.map(({ sequence }) => sequence),
      ]),
    ).toEqual([
      [5, [4, 3]],
      [2, []],
    ]);
  });

  it('begins a new group when a phase comes again, with time counted from its own beginning', () => {
    const groups = groupTimeline(
      log(
        ...provisioning,
        ['degraded', 900],
        ['recovered', 960],
        ['applied', 5_000],
        ['database-ready', 5_002],
      ),
    );
    expect(
      groups.slice(0, 2).map(({ phase, seconds }) => [phase, seconds]),
    ).toEqual([
      ['database', 2],
      ['life', undefined],
    ]);
  });

  it('keeps what went wrong after the shop was open in its life', () => {
    expect(groupTimeline(log(...provisioning, ['failed', 100]))[0]?.phase).toBe(
      'life',
    );
  });

  it('counts a deletion from its request', () => {
    expect(
      groupTimeline(
        log(
          ...provisioning,
          ['deletion-requested', 90_000],
          ['deleted', 90_006],
        ),
      )[0],
    ).toMatchObject({ phase: 'deletion', seconds: 6 });
  });

  it('says nothing of the time of a phase whose beginning has not been read', () => {
    const [, ...late] = log(...provisioning).slice(3);
    expect(
      groupTimeline(late, { isPartial: true }).map(({ phase, seconds }) => [
        phase,
        seconds,
      ]),
    ).toEqual([
      ['reachable', 0.5],
      ['shop', 3],
      ['database', undefined],
    ]);
  });

  it('puts what went wrong before all that has been read into the phase that came of it', () => {
    const late = log(
      ['applied', 1],
      ['attempt-failed', 2],
      ['retry-scheduled', 3],
      ['database-ready', 4],
    ).slice(1);
    expect(
      groupTimeline(late, { isPartial: true }).map(({ phase }) => phase),
    ).toEqual(['database']);
  });

  it('keeps the keys of groups while older and newer events come in', () => {
    const events = log(
      ...provisioning,
      ['degraded', 900],
      ['recovered', 960],
      ['deletion-requested', 5_000],
      ['namespace-deleting', 5_001],
    );
    const anchor = 8;
    const keysByPhase = (from: number, to: number) =>
      Object.fromEntries(
        groupTimeline(events.slice(from, to), {
          anchor,
          isPartial: from > 0,
        }).map(({ phase, key }) => [phase, key]),
      );

    const first = keysByPhase(4, 8);
    const later = keysByPhase(0, events.length);
    expect(Object.keys(first).sort()).toEqual([
      'database',
      'life',
      'reachable',
      'shop',
    ]);
    expect(later).toMatchObject(first);
    expect(new Set(Object.values(later)).size).toBe(
      Object.values(later).length,
    );
  });

  it.each<[string, StoreEventType[]]>([
    ['request', ['requested']],
    [
      'namespace',
      [
        'provisioning-started',
        'rendered',
        'namespace-created',
        'secrets-applied',
      ],
    ],
    ['database', ['applied', 'database-ready']],
    ['shop', ['backend-ready']],
    ['reachable', ['ready']],
    [
      'deletion',
      [
        'deletion-requested',
        'release-removed',
        'workloads-deleted',
        'namespace-deleting',
        'deletion-blocked',
        'deleted',
      ],
    ],
  ])('takes for the phase %s what happens in it: %j', (phase, types) => {
    expect(
      storeEventTypes.filter(
        type => groupTimeline(log([type, 0]))[0]?.phase === phase,
      ),
    ).toEqual(types);
  });

  it.each<StoreEventType>([
    'attempt-failed',
    'retry-scheduled',
    'failed',
    'cluster-unreachable',
    'cluster-reachable',
  ])('keeps %s in the phase that it goes wrong in', type => {
    expect(groupTimeline(log(['applied', 0], [type, 1]))).toHaveLength(1);
    expect(groupTimeline(log([type, 1]))[0]?.phase).toBe('life');
  });

  it('does not fold what other things have come between', () => {
    const [group] = groupTimeline(
      log(
        ['applied', 0],
        ['attempt-failed', 1],
        ['cluster-unreachable', 2],
        ['attempt-failed', 3],
      ),
    );
    expect(group?.lines.map(({ folded }) => folded)).toEqual([[], [], [], []]);
  });

  it('takes no time for less than none when clocks differ', () => {
    expect(
      groupTimeline(log(['backend-ready', 5], ['ready', 4]))[0]?.seconds,
    ).toBe(0);
  });

  it('knows nothing of nothing', () => {
    expect(groupTimeline([])).toEqual([]);
  });
});

describe('isOfKind', () => {
  it.each([
    ['failed', 'problems', true],
    ['ready', 'problems', false],
    ['repaired', 'repairs', true],
    ['requested', 'people', true],
    ['ready', 'people', false],
    ['ready', 'all', true],
  ] as const)('says of %s and %s: %s', (type, kind, expected) => {
    const [event] = log([type, 0]);
    expect(isOfKind(event!, kind)).toBe(expected);
  });
});

it.each<['problems' | 'repairs', StoreEventType[]]>([
  [
    'problems',
    [
      'attempt-failed',
      'degraded',
      'failed',
      'upgrade-failed',
      'deletion-blocked',
      'namespace-reappeared',
      'cluster-unreachable',
    ],
  ],
  ['repairs', ['drift-found', 'repaired', 'pruned']],
])('shows as %s alone %j', (kind, types) => {
  expect(
    storeEventTypes.filter(type => isOfKind(log([type, 0])[0]!, kind)),
  ).toEqual(types);
});

describe('timelineText', () => {
  it('is a line an event, oldest first', () => {
    expect(timelineText(log(['requested', 0], ['ready', 8]))).toBe(
      '2026-11-24T00:00:00.000Z  requested  requested  (user:default/guest)\n' +
        '2026-11-24T00:00:08.000Z  ready  ready',
    );
  });
});
