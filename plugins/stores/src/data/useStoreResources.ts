import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Store,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { besidePace } from './pollPace';
import { usePolled, type LivePolled } from './usePolled';

function moving({ workloads }: StoreResources): boolean {
  return workloads.some(({ desired, ready }) => ready < desired);
}

/** What a store consists of in the cluster; read again when its state changes. */
export function useStoreResources({
  id,
  state,
}: Store): LivePolled<StoreResources> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getResources(id, { signal }),
    [api, id],
  );
  const polled = usePolled({ load, moving, pace: besidePace });
  const { hint } = polled;
  useEffect(() => hint(), [state, hint]);
  return polled;
}
