/** How a pass over a store ended. */
export type PassOutcome = 'settled' | 'waiting' | 'superseded' | 'error';

/** What the loop tells of its work; the plugin's metrics listen. Nothing in it names a store. */
export interface LoopMetrics {
  /** A pass over a store has ended. */
  reconciled(pass: { outcome: PassOutcome; seconds: number }): void;
  /** Objects were put back to what they should be. */
  repaired(count: number): void;
  /** Helm has rendered a generation. */
  rendered(): void;
  /** A lease was taken over from a holder that had let it end. */
  leaseTakenOver(): void;
  /** Where to read how many stores wait in a queue. */
  queueDepth(queue: string, read: () => number): void;
  /** Where to read how many seconds ago a watch of a kind was last heard of; undefined while it was never. */
  watchAge(kind: string, read: () => number | undefined): void;
}

/** Metrics that nobody listens to. */
export const noMetrics: LoopMetrics = {
  reconciled: () => {},
  repaired: () => {},
  rendered: () => {},
  leaseTakenOver: () => {},
  queueDepth: () => {},
  watchAge: () => {},
};
