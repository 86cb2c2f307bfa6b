/** A moment by both clocks: the wall's may be set, the monotonic one stands still while the machine sleeps. */
export interface Instant {
  monotonic: number;
  wall: number;
}

export function instantNow(): Instant {
  return { monotonic: performance.now(), wall: Date.now() };
}

/** The time that has passed for everybody else: the longer of the two. */
export function millisecondsSince(instant: Instant): number {
  const { monotonic, wall } = instantNow();
  return Math.max(monotonic - instant.monotonic, wall - instant.wall);
}
