import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';

/** What can be counted in a store's log. */
export interface StoreFigures {
  repairs: number;
  failures: number;
}

/** Counts what has been read of a store's log. */
export function figuresOf(events: readonly StoreEvent[]): StoreFigures {
  return {
    repairs: events.filter(({ type }) => type === 'repaired').length,
    failures: events.filter(
      ({ type }) => type === 'failed' || type === 'degraded',
    ).length,
  };
}
