import { useCallback, useEffect, useRef, useState } from 'react';
import { Poller, type Polled, type PollerOptions } from './Poller';

/** What is polled, and how to have it read out of turn. */
export interface LivePolled<T> extends Polled<T> {
  /** Reads again at once. */
  reload: () => void;
  /** Reads again soon, since something is said to have changed. */
  hint: () => void;
}

/** Options of {@link usePolled}. They must be stable: others start anew. */
export type UsePolledOptions<T> = Omit<PollerOptions<T>, 'onChange'>;

/** Follows a value for as long as the component is shown. */
export function usePolled<T>(options: UsePolledOptions<T>): LivePolled<T> {
  const { load, moving, pace } = options;
  const [polled, setPolled] = useState<Polled<T>>({});
  const current = useRef<Poller<T>>();

  useEffect(() => {
    const poller = Poller.create({
      load,
      moving,
      pace,
      // What other options have read stays until these have.
      onChange: next =>
        setPolled(last =>
          next.value === undefined
            ? { ...next, value: last.value, loadedAt: last.loadedAt }
            : next,
        ),
    });
    current.current = poller;
    poller.start();
    return () => poller.stop();
  }, [load, moving, pace]);

  const reload = useCallback(() => current.current?.reload(), []);
  const hint = useCallback(() => current.current?.hint(), []);
  return { ...polled, reload, hint };
}
