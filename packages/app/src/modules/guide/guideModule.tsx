import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiBookOpenLine } from '@remixicon/react';
import { guideRouteRef } from './routes';

const guidePage = PageBlueprint.make({
  name: 'guide',
  params: {
    path: '/guide',
    title: 'Guide',
    icon: <RiBookOpenLine />,
    routeRef: guideRouteRef,
    loader: () => import('./GuidePage').then(m => <m.GuidePage />),
  },
});

export const guideModule = createFrontendModule({
  pluginId: 'app',
  extensions: [guidePage],
});
