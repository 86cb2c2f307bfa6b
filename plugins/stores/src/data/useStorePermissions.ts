import { usePermission } from '@backstage/plugin-permission-react';
import {
  storeCredentialsReadPermission,
  storeDeletePermission,
  storeLogsReadPermission,
  storePausePermission,
  storeRetryPermission,
  storeUpdatePermission,
} from '@storeyard/backstage-plugin-stores-common';
import type { Allowed } from '../models/storeActions';

/** What whoever is signed in may do with a store. */
export interface StorePermissions {
  retry: Allowed;
  pause: Allowed;
  update: Allowed;
  delete: Allowed;
  logs: Allowed;
  credentials: Allowed;
}

function useAllowed(
  permission: typeof storeDeletePermission,
  resourceRef: string,
): Allowed {
  const { allowed, loading } = usePermission({ permission, resourceRef });
  return loading ? undefined : allowed;
}

/** Asks for all of a store's permissions; the framework sends them as one request. */
export function useStorePermissions(id: string): StorePermissions {
  return {
    retry: useAllowed(storeRetryPermission, id),
    pause: useAllowed(storePausePermission, id),
    update: useAllowed(storeUpdatePermission, id),
    delete: useAllowed(storeDeletePermission, id),
    logs: useAllowed(storeLogsReadPermission, id),
    credentials: useAllowed(storeCredentialsReadPermission, id),
  };
}
