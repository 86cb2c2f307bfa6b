import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ClusterStatus } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { Polled, usePolled } from './usePolled';

function interval({ reachable, preparation }: ClusterStatus): number {
  if (preparation?.status === 'running') {
    return 3_000;
  }
  return reachable ? 60_000 : 10_000;
}

/** Whether the cluster can be worked with, and how far its making is. */
export function useCluster(): Polled<ClusterStatus> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getCluster({ signal }),
    [api],
  );
  return usePolled({ load, interval });
}
