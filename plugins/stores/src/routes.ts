import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of stores. */
export const rootRouteRef = createRouteRef();

/** Counts and times over all stores. */
export const overviewRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/overview',
});

/** One store. */
export const storeRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:id',
});

/** The end of a store. */
export const deleteRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:id/delete',
});

/** The form that asks for a store. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
