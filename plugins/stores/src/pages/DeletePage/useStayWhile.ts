import { useEffect } from 'react';

/** Where a router of the browser's history keeps its place in it. */
function indexOf(state: unknown): number | undefined {
  return typeof state === 'object' &&
    state !== null &&
    'idx' in state &&
    typeof state.idx === 'number'
    ? state.idx
    : undefined;
}

/** Whether a click would leave the page for another of the portal. */
function leavesBy(event: MouseEvent): boolean {
  const { target } = event;
  const link = target instanceof Element ? target.closest('a[href]') : null;
  return (
    link !== null &&
    link.getAttribute('target') !== '_blank' &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.shiftKey
  );
}

/**
 * Asks before the page is left while something is busy: by the browser in its
 * own words, by a link or by the browser's buttons in these. The portal's
 * router can't be asked to wait, so that all are heard before it hears them.
 */
export function useStayWhile(isBusy: boolean, question: string): void {
  useEffect(() => {
    if (!isBusy) {
      return undefined;
    }
    const here = indexOf(window.history.state);

    // The router goes on as soon as it hears, so that the answer is wanted at once.
    // eslint-disable-next-line no-alert
    const mayLeave = () => window.confirm(question);
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      if (leavesBy(event) && !mayLeave()) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    const pop = (event: PopStateEvent) => {
      const there = indexOf(event.state);
      const distance =
        here === undefined || there === undefined ? 0 : here - there;
      const isBack = here !== undefined && distance === 0;
      if (isBack || !mayLeave()) {
        event.stopImmediatePropagation();
        if (distance !== 0) {
          window.history.go(distance);
        }
      }
    };
    window.addEventListener('beforeunload', unload);
    window.addEventListener('popstate', pop, true);
    document.addEventListener('click', click, true);
    return () => {
      window.removeEventListener('beforeunload', unload);
      window.removeEventListener('popstate', pop, true);
      document.removeEventListener('click', click, true);
    };
  }, [isBusy, question]);
}
