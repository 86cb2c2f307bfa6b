import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const rootRouteRef = createRouteRef();

export const storeRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:id',
});
