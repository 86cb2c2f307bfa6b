import { createRouteRef } from '@backstage/frontend-plugin-api';

/** What everybody sees first. */
export const homeRouteRef = createRouteRef();
