import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger, Text } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { useStorePermissions } from '../../data/useStorePermissions';
import { useStoreRequests } from '../../data/useStoreRequests';
import { ownerName } from '../../models/ownerName';
import {
  whyNot,
  type Allowed,
  type StoreActionName,
} from '../../models/storeActions';
import { deleteRouteRef, storeRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';

/** An entry that can be reached and read, but leads nowhere. */
const inVain = (label: string, reason: string) => (
  <MenuItem
    key={label}
    textValue={`${label} ${reason}`}
    shouldCloseOnSelect={false}
  >
    <Text as="span" color="secondary">
      {label}
      <Text as="span" variant="body-small" color="secondary">
        {' '}
        {reason}
      </Text>
    </Text>
  </MenuItem>
);

/** What is in the menu while it is open; nobody asks before what may be done. */
const Entries = ({
  store,
  now,
  onRetry,
}: {
  store: Store;
  now: number;
  onRetry: () => void;
}) => {
  const t = useStoresTranslation();
  const storeLink = useRouteRef(storeRouteRef);
  const deleteLink = useRouteRef(deleteRouteRef);
  const permissions = useStorePermissions(store.id);
  const { id, reason, urls } = store;
  const unless = (
    action: StoreActionName,
    label: string,
    allowed: Allowed,
    entry: JSX.Element,
  ) => {
    const against = whyNot(action, store, {
      allowed,
      owner: ownerName(store.owner),
      now,
      t,
    });
    return against === undefined ? entry : inVain(label, against);
  };
  const label = (action: 'open' | 'admin' | 'retry' | 'delete') =>
    t(`list.menu.${action}`);
  return (
    <>
      <MenuItem href={storeLink?.({ id })}>{t('list.menu.details')}</MenuItem>
      {unless(
        'open',
        label('open'),
        true,
        <MenuItem href={urls.storefront} target="_blank">
          {label('open')}
        </MenuItem>,
      )}
      {unless(
        'admin',
        label('admin'),
        true,
        <MenuItem href={urls.admin} target="_blank">
          {label('admin')}
        </MenuItem>,
      )}
      {unless(
        'retry',
        label('retry'),
        permissions.retry,
        reason === 'DataLost' ? (
          <MenuItem href={storeLink?.({ id })}>
            {t('list.menu.retryAsking')}
          </MenuItem>
        ) : (
          <MenuItem onAction={onRetry}>{label('retry')}</MenuItem>
        ),
      )}
      {unless(
        'delete',
        label('delete'),
        permissions.delete,
        <MenuItem color="danger" href={deleteLink?.({ id })}>
          {label('delete')}
        </MenuItem>,
      )}
    </>
  );
};

/** What can be done with a store from its row; what can't be says why. */
export const StoreMenu = ({
  store,
  now,
  onChanged,
}: {
  store: Store;
  now: number;
  /** Called when something was asked for. */
  onChanged: () => void;
}) => {
  const t = useStoresTranslation();
  const { retry } = useStoreRequests(store, onChanged, { failure: 'toast' });
  return (
    <MenuTrigger>
      <ButtonIcon
        variant="tertiary"
        icon={<RiMore2Line />}
        aria-label={t('list.menu.label', { name: store.name })}
      />
      <Menu>
        <Entries store={store} now={now} onRetry={() => retry()} />
      </Menu>
    </MenuTrigger>
  );
};
