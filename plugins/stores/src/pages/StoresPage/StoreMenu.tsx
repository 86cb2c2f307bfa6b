import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import { deleteRouteRef, storeRouteRef } from '../../routes';
import { useStoresTranslation } from '../../translation';

/** Where one can go from a row. Whether one may delete says the page that it leads to. */
export const StoreMenu = ({ store }: { store: Store }) => {
  const t = useStoresTranslation();
  const storeLink = useRouteRef(storeRouteRef);
  const deleteLink = useRouteRef(deleteRouteRef);
  const { id, name, state, urls } = store;
  const isOpen = isStoreAvailable(store);
  return (
    <MenuTrigger>
      <ButtonIcon
        variant="tertiary"
        icon={<RiMore2Line />}
        aria-label={t('list.menu.label', { name })}
      />
      <Menu>
        <MenuItem href={storeLink?.({ id })}>{t('list.menu.details')}</MenuItem>
        <MenuItem href={urls.storefront} target="_blank" isDisabled={!isOpen}>
          {t('list.menu.shop')}
        </MenuItem>
        <MenuItem href={urls.admin} target="_blank" isDisabled={!isOpen}>
          {t('list.menu.admin')}
        </MenuItem>
        <MenuItem
          color="danger"
          href={deleteLink?.({ id })}
          isDisabled={state === 'DELETING' || state === 'DELETED'}
        >
          {t('list.menu.delete')}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
};
