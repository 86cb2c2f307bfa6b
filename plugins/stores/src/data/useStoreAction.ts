import { useCallback, useRef, useState } from 'react';
import { toError } from './requestErrors';

/** Something that a person asks for. */
export interface StoreAction<Arguments extends unknown[]> {
  /** Whether it has been asked for and not been answered. */
  isPending: boolean;
  /** Why it was refused. */
  error?: Error;
  /** Asks for it; does nothing while it is asked for already. */
  run: (...args: Arguments) => Promise<void>;
  clearError: () => void;
}

/** Runs one request at a time and keeps what it was refused with. */
export function useStoreAction<Arguments extends unknown[]>(
  perform: (...args: Arguments) => Promise<void>,
): StoreAction<Arguments> {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const running = useRef(false);
  const run = useCallback(
    async (...args: Arguments) => {
      if (running.current) {
        return;
      }
      running.current = true;
      setPending(true);
      setError(undefined);
      try {
        await perform(...args);
      } catch (thrown) {
        setError(toError(thrown));
      } finally {
        running.current = false;
        setPending(false);
      }
    },
    [perform],
  );
  const clearError = useCallback(() => setError(undefined), []);
  return { isPending, error, run, clearError };
}
