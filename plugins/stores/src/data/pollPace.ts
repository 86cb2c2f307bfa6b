/** How soon a value is read again. All in milliseconds. */
export interface PollPace {
  /** While nothing is in motion; a signal comes sooner. */
  settled: number;
  /** The soonest while something is in motion. */
  fastest: number;
  /** The latest while something is in motion. */
  slowest: number;
}

/**
 * The pace of a page. A store that hangs in motion for its whole deadline of
 * 15 minutes is read some 20 times, of the 100 that the backend allows.
 */
export const pagePace: PollPace = {
  settled: 120_000,
  fastest: 5_000,
  slowest: 60_000,
};

/** The pace of what is only looked at beside something else. */
export const besidePace: PollPace = {
  settled: 300_000,
  fastest: 15_000,
  slowest: 60_000,
};

/** Milliseconds until the next reading: the longer nothing has changed, the longer. */
export function nextPoll(
  pace: PollPace,
  { moving, unchanged }: { moving: boolean; unchanged: number },
): number {
  return moving
    ? Math.min(pace.slowest, Math.max(pace.fastest, unchanged / 4))
    : pace.settled;
}

/** Milliseconds until another attempt after so many that failed. */
export function nextAttempt(failures: number): number {
  return Math.min(60_000, 5_000 * 2 ** (failures - 1));
}
