import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import storesPlugin, {
  storesApiRef,
  type StoresApi,
} from '@storeyard/backstage-plugin-stores';
import { screen } from '@testing-library/react';
import { guideRouteRef } from '../guide';
import { HomePage } from './HomePage';

const never = () => new Promise<never>(() => {});

describe('HomePage', () => {
  it('leads to the stores, their overview and the guide', async () => {
    const data = {
      app: { title: 'Storeyard' },
      backend: { baseUrl: 'http://localhost:7007' },
    };
    renderInTestApp(<HomePage />, {
      config: data,
      mountedRoutes: {
        '/stores': storesPlugin.routes.root,
        '/guide': guideRouteRef,
      },
      apis: [
        mockApis.config({ data }),
        mockApis.permission(),
        [
          storesApiRef,
          {
            getCluster: never,
            listStores: never,
          } as Partial<StoresApi> as StoresApi,
        ],
      ],
    });

    const link = (name: string) => screen.findByRole('link', { name });
    expect(await link('All stores')).toHaveAttribute('href', '/stores');
    expect(await link('Overview')).toHaveAttribute('href', '/stores/overview');
    expect(await link('Guide')).toHaveAttribute('href', '/guide');
    expect(screen.getByRole('heading', { name: 'Storeyard' })).toBeVisible();
  });
});
