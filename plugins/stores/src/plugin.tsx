import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiStore2Line } from '@remixicon/react';
import { storesApi } from './api';
import { rootRouteRef, storeRouteRef } from './routes';

const storesPage = PageBlueprint.make({
  params: {
    path: '/stores',
    title: 'Stores',
    icon: <RiStore2Line />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/StoresRouter').then(m => <m.StoresRouter />),
  },
});

/** The stores plugin: list and detail pages of stores. */
export const storesPlugin = createFrontendPlugin({
  pluginId: 'stores',
  title: 'Stores',
  icon: <RiStore2Line />,
  extensions: [storesApi, storesPage],
  routes: { root: rootRouteRef, store: storeRouteRef },
});
