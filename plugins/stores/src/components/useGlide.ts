import { useLayoutEffect, useRef, type RefObject } from 'react';

const duration = 240;

/** Where each child is within its parent's page. */
function tops(parent: HTMLElement): Map<Element, number> {
  const { top } = parent.getBoundingClientRect();
  return new Map(
    Array.from(parent.children, child => [
      child,
      child.getBoundingClientRect().top - top,
    ]),
  );
}

/**
 * Has children glide to where they belong when others come, go or move, so that
 * whoever looks at one doesn't lose it. `order` says which are there, and in which order.
 */
export function useGlide(parent: RefObject<HTMLElement>, order: string): void {
  const before = useRef<{ order: string; tops: Map<Element, number> }>();
  useLayoutEffect(() => {
    const { current } = parent;
    if (!current) {
      return;
    }
    const now = tops(current);
    const last = before.current;
    before.current = { order, tops: now };
    if (
      !last ||
      last.order === order ||
      window.matchMedia?.('(prefers-reduced-motion: reduce)').matches
    ) {
      return;
    }
    for (const [child, top] of now) {
      const from = last.tops.get(child);
      if (from !== undefined && from !== top) {
        child.animate(
          [{ transform: `translateY(${from - top}px)` }, { transform: 'none' }],
          { duration, easing: 'ease-out' },
        );
      }
    }
  });
}
