import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { isMoving } from '../models/isMoving';
import { pagePace } from './pollPace';
import { usePolled, type LivePolled } from './usePolled';
import { useStoreSignal } from './useStoreSignal';

/** One store, live. */
export function useStore(id: string): LivePolled<Store> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getStore(id, { signal }),
    [api, id],
  );
  const polled = usePolled({ load, moving: isMoving, pace: pagePace });
  useStoreSignal(polled.hint, id);
  return polled;
}
