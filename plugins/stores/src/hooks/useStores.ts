import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { Polled, usePolled } from './usePolled';

const moving = ['REQUESTED', 'PROVISIONING', 'DEGRADED', 'DELETING'];

function interval(stores: Store[]): number {
  return stores.some(({ state }) => moving.includes(state)) ? 3_000 : 30_000;
}

/** All stores that are not gone, the newest first. */
export function useStores(): Polled<Store[]> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const stores: Store[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.listStores({ cursor, limit: 100, signal });
        stores.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return stores;
    },
    [api],
  );
  return usePolled({ load, interval });
}
