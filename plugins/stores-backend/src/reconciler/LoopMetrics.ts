/** How a pass over a store ended. */
export type PassOutcome = 'settled' | 'waiting' | 'error';

/** What the loop tells of its work; the plugin's metrics listen. Nothing in it names a store. */
export interface LoopMetrics {
  /** A pass over a store has ended. */
  reconciled(pass: { outcome: PassOutcome; seconds: number }): void;
  /** Objects were put back to what they should be. */
  repaired(count: number): void;
  /** A lease was taken over from a holder that had let it end. */
  leaseTakenOver(): void;
  /** Where to read how many stores wait in a queue, by priority. */
  queueDepth(queue: string, read: () => Record<string, number>): void;
  /** Where to read how many seconds ago a watch of a kind was last heard of; undefined while it was never. */
  watchAge(kind: string, read: () => number | undefined): void;
}

/** Metrics that nobody listens to. */
export const noMetrics: LoopMetrics = {
  reconciled: () => {},
  repaired: () => {},
  leaseTakenOver: () => {},
  queueDepth: () => {},
  watchAge: () => {},
};

/** Measures the passes of some work over a store. */
export function measurePasses<Result extends object | undefined>(
  metrics: LoopMetrics,
  work: (storeId: string) => Promise<Result>,
): (storeId: string) => Promise<Result> {
  return async storeId => {
    const begun = performance.now();
    let outcome: PassOutcome = 'error';
    try {
      const result = await work(storeId);
      outcome = result === undefined ? 'settled' : 'waiting';
      return result;
    } finally {
      metrics.reconciled({
        outcome,
        seconds: (performance.now() - begun) / 1000,
      });
    }
  };
}
