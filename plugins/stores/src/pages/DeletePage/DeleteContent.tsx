import { useCallback, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  toastApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Flex } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { storesApiRef } from '../../api';
import { LoadingCards } from '../../components/LoadingCards';
import { StoreState } from '../../components/StoreState';
import { useNow } from '../../data/useNow';
import { useStoreAction } from '../../data/useStoreAction';
import { useStorePermissions } from '../../data/useStorePermissions';
import { ownerName } from '../../models/ownerName';
import { storeRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { DeleteForm } from './DeleteForm';

/** What stands on the page: the form, or why there is none. */
export const DeleteContent = ({ store }: { store: Store }) => {
  const t = useStoresTranslation();
  const api = useApi(storesApiRef);
  const toasts = useApi(toastApiRef);
  const navigate = useNavigate();
  const now = useNow();
  const storeLink = useRouteRef(storeRouteRef);
  const permissions = useStorePermissions(store.id);
  const { id, name, state } = store;
  const owner = ownerName(store.owner);
  const to = storeLink?.({ id }) ?? '/stores';

  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const perform = useCallback(async () => {
    await api.deleteStore(id);
    toasts.post({
      title: t('store.accepted.delete', { name }),
      status: 'info',
      timeout: 5_000,
    });
    // Whoever has left meanwhile is somewhere else on purpose.
    if (isShown.current) {
      navigate(to, { replace: true });
    }
  }, [api, id, name, navigate, t, to, toasts]);
  const request = useStoreAction(perform);

  const instead = (
    status: 'info' | 'warning' | 'danger',
    title: string,
    description?: JSX.Element | string,
  ) => (
    <Flex direction="column" gap="4" align="start">
      <Alert
        icon
        role="status"
        status={status}
        title={title}
        description={description}
      />
      <ButtonLink variant="secondary" href={to}>
        {t('delete.back')}
      </ButtonLink>
    </Flex>
  );

  if (state === 'DELETED') {
    return instead('info', t('delete.gone', { name }));
  }
  if (state === 'DELETING') {
    return instead(
      'info',
      t('delete.running', { name }),
      <StoreState store={store} now={now} remedy />,
    );
  }
  // A request that was refused says itself why; what it stands on is left as it is.
  if (store.protected && !request.error) {
    return instead(
      'warning',
      t('delete.protectedTitle', { name }),
      t('delete.protectedText', { owner }),
    );
  }
  if (permissions.delete === undefined) {
    return <LoadingCards label={t('store.loading')} />;
  }
  if (!permissions.delete) {
    return instead(
      'danger',
      t('delete.forbiddenTitle', { name }),
      t('delete.forbiddenText', { owner }),
    );
  }
  return <DeleteForm store={store} request={request} />;
};
