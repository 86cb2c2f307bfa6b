/** Waits, but no longer than until the signal. */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Waits until somebody looks at the page, but no longer than until the signal. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  if (!document.hidden || signal.aborted) {
    return Promise.resolve();
  }
  return new Promise(resolve => {
    const listening = new AbortController();
    const check = () => {
      if (!document.hidden || signal.aborted) {
        listening.abort();
        resolve();
      }
    };
    const until = { signal: listening.signal };
    document.addEventListener('visibilitychange', check, until);
    signal.addEventListener('abort', check, until);
  });
}
