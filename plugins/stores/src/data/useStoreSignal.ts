import { useEffect } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

/** What the backend signals to a store's owner after each change. */
type StoreSignal = { storeId: string; sequence: number };

/** Calls back when the backend tells that a store has changed; the one with the id, when there is one. */
export function useStoreSignal(onSignal: () => void, storeId?: string): void {
  const { lastSignal } = useSignal<StoreSignal>('stores');
  useEffect(() => {
    if (lastSignal && (!storeId || lastSignal.storeId === storeId)) {
      onSignal();
    }
  }, [lastSignal, onSignal, storeId]);
}
