import { renderInTestApp } from '@backstage/frontend-test-utils';
import storesPlugin from '@storeyard/backstage-plugin-stores';
import { screen } from '@testing-library/react';
import { OverviewItem } from './OverviewItem';
import { PageItem } from './PageItem';

function renderItems(path: string) {
  renderInTestApp(
    <nav aria-label="Portal">
      <PageItem href="/stores" title="Stores" icon={<span />} />
      <OverviewItem />
    </nav>,
    {
      initialRouteEntries: [path],
      mountedRoutes: { '/stores': storesPlugin.routes.root },
    },
  );
}

describe('PageItem', () => {
  it.each([
    ['/stores', 'Stores'],
    ['/stores/demo-shop-ab12c/delete', 'Stores'],
    ['/stores/overview', 'Overview'],
  ])(
    'marks one place only as that where one is: on %s %s',
    async (path, name) => {
      renderItems(path);

      const nav = await screen.findByRole('navigation', { name: 'Portal' });
      const current = Array.from(
        nav.querySelectorAll('[aria-current=page]'),
        item => item.getAttribute('aria-label'),
      );
      expect(current).toEqual([name]);
    },
  );
});
