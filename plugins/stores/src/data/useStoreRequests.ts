import { useCallback, useState } from 'react';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import type {
  PauseStoreRequest,
  Store,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import type { StoreActionName } from '../models/storeActions';
import { useStoresTranslation } from '../translation';
import { useStoreAction } from './useStoreAction';

type Requested = Exclude<StoreActionName, 'open' | 'admin' | 'delete'>;

/** What a person can ask for on a store's page, and how the last request went. */
export interface StoreRequests {
  isPending: boolean;
  /** What was refused, and why. */
  failure?: { action: Requested; error: Error };
  dismiss: () => void;
  retry: (acceptDataLoss?: boolean) => Promise<void>;
  pause: (request: PauseStoreRequest) => Promise<void>;
  resume: () => Promise<void>;
  setProtected: (isProtected: boolean) => Promise<void>;
}

const toastMilliseconds = 5_000;

/** Requests about one store; `onAccepted` reads it again. */
export function useStoreRequests(
  store: Store,
  onAccepted: () => void,
): StoreRequests {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const toasts = useApi(toastApiRef);
  const [last, setLast] = useState<Requested>();
  const { id, name } = store;

  const perform = useCallback(
    async (action: Requested, request: () => Promise<Store>) => {
      setLast(action);
      await request();
      toasts.post({
        title: t(`store.accepted.${action}`, { name }),
        status: 'info',
        timeout: toastMilliseconds,
      });
      onAccepted();
    },
    [name, onAccepted, t, toasts],
  );
  const { isPending, error, run, clearError } = useStoreAction(perform);
  return {
    isPending,
    failure: error && last && { action: last, error },
    dismiss: clearError,
    retry: acceptDataLoss =>
      run('retry', () =>
        api.retryStore(id, acceptDataLoss ? { acceptDataLoss } : {}),
      ),
    pause: request => run('pause', () => api.pauseStore(id, request)),
    resume: () => run('resume', () => api.resumeStore(id)),
    setProtected: isProtected =>
      run(isProtected ? 'protect' : 'unprotect', () =>
        api.changeStore(id, { protected: isProtected }),
      ),
  };
}
