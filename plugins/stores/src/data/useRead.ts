import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from './requestErrors';

/** What was read on demand. */
export interface ReadOnDemand<T> {
  value?: T;
  error?: Error;
  isReading: boolean;
  read: () => void;
  /** Forgets what was read. */
  forget: () => void;
}

/** Reads something when it is asked for, and forgets it when the component goes. `load` must be stable. */
export function useRead<T>(
  load: (signal: AbortSignal) => Promise<T>,
): ReadOnDemand<T> {
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
  const read = useCallback(() => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    setState(last => ({ value: last.value, isReading: true }));
    load(signal).then(
      value => signal.aborted || setState({ value, isReading: false }),
      error =>
        signal.aborted || setState({ error: toError(error), isReading: false }),
    );
  }, [load]);
  useEffect(() => () => controller.current?.abort(), []);
  return { ...state, read, forget };
}
