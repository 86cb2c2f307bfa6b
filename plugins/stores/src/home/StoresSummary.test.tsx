import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, within } from '@testing-library/react';
import { fakeStores } from '../__testUtils__/fakeStores';
import { ownRefs } from '../__testUtils__/renderStores';
import { buildStore } from '../__testUtils__/stores';
import { storesApiRef, type StoresApi } from '../api';
import { rootRouteRef } from '../routes';
import { StoresSummary } from './StoresSummary';

function renderSummary(api: Partial<StoresApi>) {
  renderInTestApp(<StoresSummary />, {
    mountedRoutes: {
      '/shops': rootRouteRef,
    },
    apis: [
      [storesApiRef, fakeStores(api)],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ownRefs,
        }),
      ],
      [permissionApiRef, mockApis.permission()],
    ],
  });
}

describe('StoresSummary', () => {
  it('counts all stores, each count leading to the list of those, and shows own ones', async () => {
    const items = [
      buildStore({ id: 'mine-1', name: 'Mine' }),
      buildStore({ id: 'theirs-1', name: 'Theirs', owner: 'group:default/x' }),
      buildStore({ id: 'broken-1', name: 'Broken', state: 'FAILED' }),
    ];
    renderSummary({ listStores: async () => ({ items }) });

    expect(
      await screen.findByRole('link', { name: '2 ready' }),
    ).toHaveAttribute('href', '/shops?state=READY');
    expect(screen.getByRole('link', { name: '1 failed' })).toHaveAttribute(
      'href',
      '/shops?state=FAILED',
    );
    const own = screen.getByRole('table', { name: 'Your stores' });
    expect(within(own).getByRole('link', { name: 'Mine' })).toBeVisible();
    expect(within(own).getByRole('link', { name: 'Broken' })).toBeVisible();
    expect(screen.queryByText('Theirs')).toBeNull();
    expect(screen.queryByText(/All your stores/)).toBeNull();
  });

  it('shows the newest five of many, and leads to the others', async () => {
    const items = [1, 2, 3, 4, 5, 6].map(number =>
      buildStore({ id: `shop-${number}`, name: `Shop ${number}` }),
    );
    renderSummary({ listStores: async () => ({ items }) });

    expect(
      await screen.findByRole('link', { name: 'All your stores (6)' }),
    ).toHaveAttribute('href', '/shops?mine=true');
    expect(screen.getAllByRole('rowheader')).toHaveLength(5);
  });

  it('says so where only others have stores', async () => {
    const items = [buildStore({ owner: 'group:default/x' })];
    renderSummary({ listStores: async () => ({ items }) });

    expect(
      await screen.findByText('You and your groups have no store yet.'),
    ).toBeVisible();
  });

  it('explains what a store is where there is none', async () => {
    renderSummary({});

    expect(
      await screen.findByRole('heading', { name: 'No stores yet' }),
    ).toBeVisible();
  });

  it('says that stores can not be read', async () => {
    renderSummary({
      listStores: async () => {
        throw new Error('The backend is away');
      },
    });

    expect(await screen.findByRole('alert')).toHaveTextContent('The stores');
  });
});
