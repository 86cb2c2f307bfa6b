import { screen } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import { fakeStores } from '../__testUtils__/fakeStores';
import { responseError } from '../__testUtils__/responseError';
import { buildEvent, buildStore } from '../__testUtils__/stores';
import { storesApiRef, type StoresApi } from '../api';
import { rootRouteRef } from '../routes';
import { storesPlugin } from '../plugin';

function render(
  annotations: Record<string, string>,
  api: Partial<StoresApi> = {},
) {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'demo-shop', annotations },
    spec: { type: 'medusa-store' },
  };
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      storesPlugin.getExtension('entity-card:stores/store'),
      storesPlugin.getExtension('entity-content:stores/timeline'),
    ],
    mountedRoutes: { '/stores': rootRouteRef },
    apis: [
      [storesApiRef, fakeStores(api)],
      [catalogApiRef, catalogApiMock({ entities: [entity] })],
    ],
  });
}

const ours = { [STORE_ID_ANNOTATION]: 'demo-shop-ab12c' };
const api: Partial<StoresApi> = {
  getStore: async () => buildStore(),
  listEvents: async (_id, { wait } = {}) =>
    wait
      ? new Promise(() => {})
      : { items: [buildEvent({ message: 'Asked for' })], cursor: 1 },
};

describe("a store's entity", () => {
  it('has a card with state, links, last event and the way to its end', async () => {
    render(ours, api);

    expect(
      await screen.findByText(/Open for business since/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^Open shop Demo Shop/ }),
    ).toHaveAttribute('href', 'http://demo-shop-ab12c.localhost:8080/');
    expect(
      await screen.findByText(/Last event: Asked for/),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Delete store…' })).toHaveAttribute(
      'href',
      '/stores/demo-shop-ab12c/delete',
    );
  });

  it('says once that the state has changed while the page is open', async () => {
    let state: 'PROVISIONING' | 'READY' = 'PROVISIONING';
    render(ours, {
      ...api,
      getStore: async () => {
        const store = buildStore({ state });
        state = 'READY';
        return store;
      },
    });

    expect(
      await screen.findByText(/^Demo Shop: Open for business since/),
    ).toHaveAttribute('aria-live', 'polite');
  });

  it('has its timeline as a tab', async () => {
    render(ours, api);

    expect(
      await screen.findByRole('region', { name: 'Request' }),
    ).toHaveTextContent('Asked for');
  });

  it('shows nothing on what stands for no store', async () => {
    render({}, api);

    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });

  it('says that the store is gone when the entity outlived it', async () => {
    const error = await responseError(404, 'NotFoundError', 'no store');
    render(ours, { getStore: () => Promise.reject(error) });

    expect(
      await screen.findByText(/It may have been deleted/),
    ).toBeInTheDocument();
  });

  it('says that the portal does not answer', async () => {
    render(ours, {
      getStore: () => Promise.reject(new TypeError('Failed to fetch')),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The portal does not answer',
    );
  });
});
