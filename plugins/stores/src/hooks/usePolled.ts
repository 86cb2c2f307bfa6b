import { useCallback, useEffect, useState } from 'react';

/** The last good value, and what the last attempt came to. */
export interface Polled<T> {
  value?: T;
  /** Why the last attempt failed; the value is then older. */
  error?: Error;
  /** When the value was read, in milliseconds since the epoch. */
  loadedAt?: number;
  /** Reads again at once. */
  reload: () => void;
}

/** Options of {@link usePolled}. */
export interface UsePolledOptions<T> {
  /** Must be stable: a new function starts anew. */
  load: (signal: AbortSignal) => Promise<T>;
  /** Milliseconds until the next reading. */
  interval: (value: T) => number;
}

const retryMilliseconds = 5_000;

/** Reads a value again and again. A reading that fails keeps the value before it. Must be given stable functions. */
export function usePolled<T>(options: UsePolledOptions<T>): Polled<T> {
  const { load, interval } = options;
  const [state, setState] = useState<Omit<Polled<T>, 'reload'>>({});
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound(count => count + 1), []);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      let next = retryMilliseconds;
      try {
        const value = await load(controller.signal);
        next = interval(value);
        if (!controller.signal.aborted) {
          setState({ value, loadedAt: Date.now() });
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setState(last => ({ ...last, error: error as Error }));
        }
      }
      if (!controller.signal.aborted) {
        timer = setTimeout(read, next);
      }
    };
    read();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [load, interval, round]);

  return { ...state, reload };
}
