import { useCallback, useState } from 'react';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import type {
  PauseStoreRequest,
  Store,
} from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../api';
import { describeActionError } from '../models/describeError';
import type { StoreActionName } from '../models/storeActions';
import { useStoresTranslation } from '../translation';
import { toError } from './requestErrors';
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

/** Options of {@link useStoreRequests}. */
export interface StoreRequestsOptions {
  /** Where a refusal is said: in a toast where the page has no place for it. */
  failure?: 'page' | 'toast';
}

/** Requests about one store; `onAccepted` reads it again. */
export function useStoreRequests(
  store: Store,
  onAccepted: () => void,
  { failure = 'page' }: StoreRequestsOptions = {},
): StoreRequests {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const toasts = useApi(toastApiRef);
  const [last, setLast] = useState<Requested>();
  const { id, name } = store;

  const perform = useCallback(
    async (action: Requested, request: () => Promise<Store>) => {
      setLast(action);
      try {
        await request();
      } catch (thrown) {
        if (failure === 'page') {
          throw thrown;
        }
        toasts.post({
          title: t('store.actionError', {
            action: t(`store.actions.${action}`),
          }),
          description: describeActionError(toError(thrown), {
            now: Date.now(),
            t,
          }),
          status: 'danger',
        });
        return;
      }
      toasts.post({
        title: t(`store.accepted.${action}`, { name }),
        status: 'info',
        timeout: toastMilliseconds,
      });
      onAccepted();
    },
    [failure, name, onAccepted, t, toasts],
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
