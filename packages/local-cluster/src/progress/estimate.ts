/** What an estimate needs to know of a part. */
export interface EstimatedItem {
  status: 'waiting' | 'running' | 'done' | 'kept' | 'failed';
  /** Seconds on two idle cores, as measured. */
  estimatedSeconds: number;
  /** Seconds since it began, or that it took. */
  elapsedSeconds: number;
  done?: number;
  total?: number;
}

const slowest = 6;
const fastest = 0.25;
const ownPaceFrom = 0.1;

/**
 * How many times slower than planned this machine is, by the parts that it has done and the share of the
 * running ones that is behind it. Too short a look says nothing: 1.
 */
export function slowness(items: EstimatedItem[]): number {
  let planned = 0;
  let took = 0;
  for (const item of items) {
    if (item.status === 'done') {
      planned += item.estimatedSeconds;
      took += item.elapsedSeconds;
    } else if (item.status === 'running' && item.total && item.done) {
      planned += (item.estimatedSeconds * item.done) / item.total;
      took += item.elapsedSeconds;
    }
  }
  if (planned < 5) {
    return 1;
  }
  return Math.min(slowest, Math.max(fastest, took / planned));
}

function remainingOf(item: EstimatedItem, factor: number): number {
  if (item.status === 'waiting') {
    return item.estimatedSeconds * factor;
  }
  if (item.status !== 'running') {
    return 0;
  }
  if (item.total) {
    const done = (item.done ?? 0) / item.total;
    // A compile that is under way is its own best measure: what a killed one left may be a fraction of it.
    return done >= ownPaceFrom
      ? (item.elapsedSeconds * (1 - done)) / done
      : item.estimatedSeconds * factor * (1 - done);
  }
  return Math.max(0, item.estimatedSeconds * factor - item.elapsedSeconds);
}

/**
 * Seconds until all parts are finished, as a plain sum: parts that run side by side share the same cores.
 */
export function estimateRemaining(items: EstimatedItem[]): number {
  const factor = slowness(items);
  return Math.round(
    items.reduce((sum, item) => sum + remainingOf(item, factor), 0),
  );
}
