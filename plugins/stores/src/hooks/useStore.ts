import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { Polled, usePolled } from './usePolled';

const settled = ['READY', 'FAILED', 'DELETED'];

function interval({ state }: Store): number {
  return settled.includes(state) ? 60_000 : 5_000;
}

/** One store. Its page reads it again whenever its activity log grows; this is what covers a lost event. */
export function useStore(id: string): Polled<Store> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getStore(id, { signal }),
    [api, id],
  );
  return usePolled({ load, interval });
}
