import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';

/** What can be counted in a store's log. */
export interface StoreFigures {
  /** From the request to the first customer who could have bought something. */
  setUpSeconds?: number;
  repairs: number;
  failures: number;
}

/** Counts a store's log, which comes oldest first. */
export function figuresOf(events: readonly StoreEvent[]): StoreFigures {
  const requested = events.find(({ type }) => type === 'requested');
  const ready = events.find(({ type }) => type === 'ready');
  return {
    setUpSeconds:
      requested && ready
        ? (Date.parse(ready.time) - Date.parse(requested.time)) / 1000
        : undefined,
    repairs: events.filter(({ type }) => type === 'repaired').length,
    failures: events.filter(
      ({ type }) => type === 'failed' || type === 'degraded',
    ).length,
  };
}
