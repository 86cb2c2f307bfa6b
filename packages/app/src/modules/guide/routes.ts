import { createRouteRef } from '@backstage/frontend-plugin-api';

/** What one does here and how. */
export const guideRouteRef = createRouteRef();
