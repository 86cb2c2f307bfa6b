import { useCallback, useRef, useState, type RefObject } from 'react';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';

/** Events that may be shown, and how many wait for the reader. */
export interface HeldEvents {
  shown: readonly StoreEvent[];
  waiting: number;
  /** Shows what waits. */
  release: () => void;
}

/** Whether somebody reads further down, or has something open. */
function isBeingRead(element: HTMLElement | null): boolean {
  return (
    element !== null &&
    (element.getBoundingClientRect().top < 0 ||
      element.querySelector('details[open]') !== null)
  );
}

/** Holds new events back while older ones are being read, for they come in above them. */
export function useHeldEvents(
  events: readonly StoreEvent[],
  root: RefObject<HTMLElement>,
): HeldEvents {
  const count = useRef(events.length);
  const [, setReleases] = useState(0);
  if (count.current === 0 || !isBeingRead(root.current)) {
    count.current = events.length;
  }
  const release = useCallback(() => {
    count.current = Infinity;
    setReleases(releases => releases + 1);
  }, []);
  const shown = events.slice(0, count.current);
  count.current = shown.length;
  return { shown, waiting: events.length - shown.length, release };
}
