/** A count of a stretch of time that begins at a moment, in milliseconds since the epoch. */
export interface FilledBucket {
  at: number;
  count: number;
}

/** Counts of every stretch from one moment to another, of a list that leaves those out in which nothing was. */
export function fillBuckets(
  buckets: ReadonlyArray<{ start: string; count: number }>,
  {
    since,
    until,
    bucketSeconds,
  }: { since: string; until: number; bucketSeconds: number },
): FilledBucket[] {
  const length = bucketSeconds * 1_000;
  const counts = new Map(
    buckets.map(({ start, count }) => [Date.parse(start), count]),
  );
  const first = Math.floor(Date.parse(since) / length) * length;
  const number = Math.max(0, Math.floor((until - first) / length) + 1);
  return Array.from({ length: number }, (_, index) => {
    const at = first + index * length;
    return { at, count: counts.get(at) ?? 0 };
  });
}
