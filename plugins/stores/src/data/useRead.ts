import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from './requestErrors';

/** What was read on demand. */
export interface ReadOnDemand<T, Arguments extends unknown[] = []> {
  value?: T;
  error?: Error;
  isReading: boolean;
  read: (...args: Arguments) => void;
  /** Forgets what was read. */
  forget: () => void;
}

/** Reads something when it is asked for, and forgets it when the component goes. `load` must be stable. */
export function useRead<T, Arguments extends unknown[] = []>(
  load: (signal: AbortSignal, ...args: Arguments) => Promise<T>,
): ReadOnDemand<T, Arguments> {
  const [state, setState] = useState<{
    value?: T;
    error?: Error;
    isReading: boolean;
  }>({ isReading: false });
  const controller = useRef<AbortController>();
  const forget = useCallback(() => {
    controller.current?.abort();
    setState({ isReading: false });
  }, []);
  const read = useCallback(
    (...args: Arguments) => {
      controller.current?.abort();
      const { signal } = (controller.current = new AbortController());
      setState(last => ({ value: last.value, isReading: true }));
      load(signal, ...args).then(
        value => signal.aborted || setState({ value, isReading: false }),
        error =>
          signal.aborted ||
          setState({ error: toError(error), isReading: false }),
      );
    },
    [load],
  );
  useEffect(() => () => controller.current?.abort(), []);
  return { ...state, read, forget };
}
