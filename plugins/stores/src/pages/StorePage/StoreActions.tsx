import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { UnavailableButton } from '../../components/UnavailableButton';
import type { StorePermissions } from '../../data/useStorePermissions';
import type { StoreRequests } from '../../data/useStoreRequests';
import { describePause } from '../../models/describeStore';
import { ownerName } from '../../models/ownerName';
import {
  whyNot,
  type Allowed,
  type StoreActionName,
} from '../../models/storeActions';
import { deleteRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';
import { PauseDialog } from './PauseDialog';
import { RetryDialog } from './RetryDialog';

/** What can be done with a store; what can't be says why. */
export const StoreActions = ({
  store,
  now,
  permissions,
  requests,
}: {
  store: Store;
  now: number;
  permissions: StorePermissions;
  requests: StoreRequests;
}) => {
  const t = useStoresTranslation();
  const deleteLink = useRouteRef(deleteRouteRef);
  const { id, reason, urls } = store;
  const isPaused = describePause(store, { now, t }) !== undefined;

  const unless = (
    action: StoreActionName,
    allowed: Allowed,
    button: JSX.Element,
  ) => {
    const against = whyNot(action, store, {
      allowed,
      owner: ownerName(store.owner),
      now,
      t,
    });
    return against === undefined ? (
      button
    ) : (
      <UnavailableButton
        label={t(`store.actions.${action}`)}
        reason={against}
      />
    );
  };

  return (
    <>
      {unless(
        'open',
        true,
        <ButtonLink variant="primary" href={urls.storefront} target="_blank">
          {t('store.actions.open')}
        </ButtonLink>,
      )}
      {unless(
        'admin',
        true,
        <ButtonLink variant="secondary" href={urls.admin} target="_blank">
          {t('store.actions.admin')}
        </ButtonLink>,
      )}
      {unless(
        'retry',
        permissions.retry,
        reason === 'DataLost' ? (
          <RetryDialog store={store} requests={requests} />
        ) : (
          <Button
            variant="secondary"
            isPending={requests.isPending}
            onPress={() => requests.retry()}
          >
            {t('store.actions.retry')}
          </Button>
        ),
      )}
      {unless(
        isPaused ? 'resume' : 'pause',
        permissions.pause,
        <PauseDialog store={store} isPaused={isPaused} requests={requests} />,
      )}
      {unless(
        'delete',
        permissions.delete,
        <ButtonLink variant="secondary" href={deleteLink?.({ id })}>
          {t('store.actions.delete')}
        </ButtonLink>,
      )}
    </>
  );
};
