import { useCallback, useRef, useState, type RefObject } from 'react';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';

/** Events that may be shown, and how many wait for the reader. */
export interface HeldEvents {
  shown: readonly StoreEvent[];
  waiting: number;
  /** Shows what waits. */
  release: () => void;
}

function isSelectedIn(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return (
    selection !== null &&
    !selection.isCollapsed &&
    element.contains(selection.anchorNode)
  );
}

/** Whether somebody reads further down, has something open, or marks something. */
function isBeingRead(element: HTMLElement | null): boolean {
  return (
    element !== null &&
    (element.getBoundingClientRect().top < 0 ||
      element.querySelector('details[open]') !== null ||
      isSelectedIn(element))
  );
}

/**
 * Holds new events back while older ones are being read, for they come in
 * above them. What is older than anything shown comes in below and is not held.
 */
export function useHeldEvents(
  events: readonly StoreEvent[],
  root: RefObject<HTMLElement>,
): HeldEvents {
  const newest = useRef<number>();
  const [, setReleases] = useState(0);
  if (newest.current === undefined || !isBeingRead(root.current)) {
    newest.current = events.at(-1)?.sequence;
  }
  const release = useCallback(() => {
    newest.current = undefined;
    setReleases(releases => releases + 1);
  }, []);
  const { current = 0 } = newest;
  const shown = events.filter(({ sequence }) => sequence <= current);
  return { shown, waiting: events.length - shown.length, release };
}
