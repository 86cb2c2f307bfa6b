import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContextMenuItemBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiDeleteBinLine } from '@remixicon/react';
import { deleteRouteRef } from '../routes';
import { useStoresTranslation } from '../translation';
import { storeEntityFilter, storeIdOf } from './storeEntity';

/** State, links and last event of a store, on its entity's page. */
export const storeEntityCard = EntityCardBlueprint.make({
  name: 'store',
  params: {
    type: 'info',
    filter: storeEntityFilter,
    loader: () => import('./StoreEntityCard').then(m => <m.StoreEntityCard />),
  },
});

/** A store's timeline, as a tab of its entity's page. */
export const storeEntityContent = EntityContentBlueprint.make({
  name: 'timeline',
  params: {
    path: '/store',
    title: 'Timeline',
    filter: storeEntityFilter,
    loader: () => import('./StoreEntityTab').then(m => <m.StoreEntityTab />),
  },
});

/** What stands in the entity's menu in place of the stock way to unregister, which would leave the store running. */
export const deleteStoreMenuItem = EntityContextMenuItemBlueprint.make({
  name: 'delete-store',
  params: {
    icon: <RiDeleteBinLine />,
    filter: storeEntityFilter,
    useProps: () => {
      const t = useStoresTranslation();
      const deleteLink = useRouteRef(deleteRouteRef);
      const id = storeIdOf(useEntity().entity);
      return {
        title: t('entity.delete'),
        href: (id && deleteLink?.({ id })) || '/stores',
      };
    },
  },
});
