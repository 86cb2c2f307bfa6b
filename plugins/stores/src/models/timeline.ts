import type {
  StoreEvent,
  StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';

/** Parts of a store's life, in the order in which they begin. */
export type TimelinePhase =
  | 'request'
  | 'namespace'
  | 'database'
  | 'shop'
  | 'reachable'
  | 'life'
  | 'deletion';

/** One line of the timeline. */
export interface TimelineLine {
  event: StoreEvent;
  /** Earlier attempts at the same thing, newest first. */
  folded: StoreEvent[];
}

/** Events that followed each other in one phase. */
export interface TimelineGroup {
  /** Stays the same while the group grows at either end. */
  key: number;
  phase: TimelinePhase;
  /** Newest first. */
  lines: TimelineLine[];
  /** How long the phase took; undefined where time is not spent but passes, and where its beginning is not known. */
  seconds?: number;
}

const phases: Partial<Record<StoreEventType, TimelinePhase>> = {
  requested: 'request',
  'provisioning-started': 'namespace',
  rendered: 'namespace',
  'namespace-created': 'namespace',
  'secrets-applied': 'namespace',
  applied: 'database',
  'database-ready': 'database',
  'backend-ready': 'shop',
  ready: 'reachable',
  'deletion-requested': 'deletion',
  'release-removed': 'deletion',
  'workloads-deleted': 'deletion',
  'namespace-deleting': 'deletion',
  'deletion-blocked': 'deletion',
  deleted: 'deletion',
};

/** What goes wrong belongs to the phase that it goes wrong in. */
const inherited: readonly StoreEventType[] = [
  'attempt-failed',
  'retry-scheduled',
  'failed',
  'cluster-unreachable',
  'cluster-reachable',
];

const attempts: readonly StoreEventType[] = [
  'attempt-failed',
  'retry-scheduled',
];

function phaseOf(
  { type }: StoreEvent,
  last: TimelinePhase | undefined,
): TimelinePhase {
  if (inherited.includes(type) && last !== undefined) {
    return last === 'reachable' ? 'life' : last;
  }
  return phases[type] ?? 'life';
}

function fold(oldestFirst: StoreEvent[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  for (const event of oldestFirst) {
    const last = lines.at(-1);
    if (
      last &&
      attempts.includes(event.type) &&
      attempts.includes(last.event.type)
    ) {
      last.folded.unshift(last.event);
      last.event = event;
    } else {
      lines.push({ event, folded: [] });
    }
  }
  return lines.reverse();
}

function secondsBetween(from: StoreEvent, to: StoreEvent): number {
  return Math.max(0, (Date.parse(to.time) - Date.parse(from.time)) / 1000);
}

/** What is known of the part of a log that is shown. */
export interface TimelineScope {
  /** Whether there are older events. */
  isPartial?: boolean;
  /** Sequence of an event that has been there from the beginning: groups grow away from it. */
  anchor?: number;
}

/** The phase that a log begins in: where what comes first goes wrong in some phase, that which came of it. */
function firstPhase(events: readonly StoreEvent[]): TimelinePhase | undefined {
  return events.map(({ type }) => phases[type]).find(Boolean);
}

function keyOf(events: StoreEvent[], anchor: number): number {
  const first = events[0]?.sequence ?? 0;
  const last = events.at(-1)?.sequence ?? 0;
  if (last < anchor) {
    return last;
  }
  return first > anchor ? first : anchor;
}

/** Groups of a log, newest first. `events` come oldest first, without a gap. */
export function groupTimeline(
  events: readonly StoreEvent[],
  { isPartial = false, anchor = 0 }: TimelineScope = {},
): TimelineGroup[] {
  const groups: Array<{ phase: TimelinePhase; events: StoreEvent[] }> = [];
  for (const event of events) {
    const last = groups.at(-1);
    const phase = phaseOf(
      event,
      last?.phase ?? (isPartial ? firstPhase(events) : undefined),
    );
    if (last?.phase === phase) {
      last.events.push(event);
    } else {
      groups.push({ phase, events: [event] });
    }
  }
  return groups
    .map((group, index): TimelineGroup => {
      const [first] = group.events;
      // A group of life has waited for whatever came; one of work began when the one before it ended.
      const before = groups[index - 1];
      const begin =
        before && before.phase !== 'life' && group.phase !== 'deletion'
          ? before.events.at(-1)
          : first;
      const end = group.events.at(-1);
      const isTimed =
        group.phase !== 'life' &&
        group.phase !== 'request' &&
        !(isPartial && before === undefined);
      return {
        key: keyOf(group.events, anchor),
        phase: group.phase,
        lines: fold(group.events),
        seconds:
          isTimed && begin && end ? secondsBetween(begin, end) : undefined,
      };
    })
    .reverse();
}

/** Kinds of lines that can be looked at alone. */
export const timelineKinds = ['all', 'problems', 'repairs', 'people'] as const;

/** A kind of lines that can be looked at alone. */
export type TimelineKind = (typeof timelineKinds)[number];

const problems: readonly StoreEventType[] = [
  'attempt-failed',
  'failed',
  'degraded',
  'upgrade-failed',
  'deletion-blocked',
  'namespace-reappeared',
  'cluster-unreachable',
];

const repairs: readonly StoreEventType[] = [
  'drift-found',
  'repaired',
  'pruned',
];

/** Whether an event is of a kind. */
export function isOfKind(event: StoreEvent, kind: TimelineKind): boolean {
  switch (kind) {
    case 'problems':
      return problems.includes(event.type);
    case 'repairs':
      return repairs.includes(event.type);
    case 'people':
      return event.actor !== undefined;
    default:
      return true;
  }
}

/** A log as text for a ticket or a chat, oldest first. */
export function timelineText(events: readonly StoreEvent[]): string {
  return events
    .map(({ time, type, message, actor }) =>
      [time, type, message, actor && `(${actor})`].filter(Boolean).join('  '),
    )
    .join('\n');
}
