import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Capacity,
  Overview,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { besidePace } from './pollPace';
import { usePolled, type LivePolled } from './usePolled';

const never = () => false;

/** Counts and times of so many days. */
export function useOverview(days: number): LivePolled<Overview> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getOverview({ days, signal }),
    [api, days],
  );
  return usePolled({ load, moving: never, pace: besidePace });
}

/** What the cluster has room for. */
export function useCapacity(): LivePolled<Capacity> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getCapacity({ signal }),
    [api],
  );
  return usePolled({ load, moving: never, pace: besidePace });
}
