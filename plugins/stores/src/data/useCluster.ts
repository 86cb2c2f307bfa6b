import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ClusterStatus } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { besidePace } from './pollPace';
import { usePolled, type LivePolled } from './usePolled';

function moving({ reachable, preparation }: ClusterStatus): boolean {
  return preparation?.status === 'running' || !reachable;
}

/** Whether the cluster can be worked with, and how far its making is. */
export function useCluster(): LivePolled<ClusterStatus> {
  const api = useApi(storesApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getCluster({ signal }),
    [api],
  );
  return usePolled({ load, moving, pace: besidePace });
}
