import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiStore2Line } from '@remixicon/react';
import { storesApi } from './api';
import {
  deleteStoreMenuItem,
  storeEntityCard,
  storeEntityContent,
} from './entity/entityExtensions';
import {
  storeNameField,
  storeOwnerField,
  storePlanField,
} from './fields/fieldExtensions';
import {
  deleteRouteRef,
  overviewRouteRef,
  rootRouteRef,
  storeRouteRef,
  templateRouteRef,
} from './routes';

const storesPage = PageBlueprint.make({
  params: {
    path: '/stores',
    title: 'Stores',
    icon: <RiStore2Line />,
    routeRef: rootRouteRef,
    loader: () => import('./pages/StoresRouter').then(m => <m.StoresRouter />),
  },
});

/**
 * The stores plugin: pages of stores, what the catalog shows of them, and fields of the form that asks for one.
 *
 * @public
 */
export const storesPlugin = createFrontendPlugin({
  pluginId: 'stores',
  title: 'Stores',
  icon: <RiStore2Line />,
  extensions: [
    storesApi,
    storesPage,
    storeEntityCard,
    storeEntityContent,
    deleteStoreMenuItem,
    storeNameField,
    storeOwnerField,
    storePlanField,
  ],
  routes: {
    root: rootRouteRef,
    overview: overviewRouteRef,
    store: storeRouteRef,
    delete: deleteRouteRef,
  },
  externalRoutes: { template: templateRouteRef },
});
