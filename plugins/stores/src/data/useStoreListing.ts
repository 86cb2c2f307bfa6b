import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { storesApiRef } from '../api';
import { isMoving } from '../models/isMoving';
import type { StoreFilters } from '../models/storeFilters';
import { pagePace } from './pollPace';
import { readStoreListing, type StoreListing } from './readStoreListing';
import { useOwnRefs } from './useOwnRefs';
import { usePolled, type LivePolled } from './usePolled';
import { useStoreSignal } from './useStoreSignal';

function moving({ own, others }: StoreListing): boolean {
  return [...own, ...others].some(isMoving);
}

/** The list of stores, live. `filters` must be stable. */
export function useStoreListing(
  filters: StoreFilters,
): LivePolled<StoreListing> & { readMore: () => void } {
  const api = useApi(storesApiRef);
  const ownRefs = useOwnRefs();
  const [pages, setPages] = useState(1);
  useEffect(() => setPages(1), [filters]);
  const load = useCallback(
    async (signal: AbortSignal) =>
      // The poller asks anew when it is known who looks.
      ownRefs === undefined
        ? new Promise<never>(() => {})
        : readStoreListing(api, { filters, ownRefs, pages, signal }),
    [api, filters, ownRefs, pages],
  );
  const polled = usePolled({ load, moving, pace: pagePace });
  useStoreSignal(polled.hint);
  const readMore = useCallback(() => setPages(count => count + 1), []);
  return { ...polled, readMore };
}
