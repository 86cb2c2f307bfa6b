import {
  ApiBlueprint,
  createApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { StoresClient } from '@storeyard/backstage-plugin-stores-common';

/**
 * What the pages ask of the backend.
 *
 * @public
 */
export type StoresApi = Pick<StoresClient, keyof StoresClient>;

/**
 * The REST client of the stores plugin, under the credentials of whoever is signed in.
 *
 * @public
 */
export const storesApiRef = createApiRef<StoresApi>().with({
  id: 'plugin.stores.client',
  pluginId: 'stores',
});

/** The client, of the backend that serves the portal. */
export const storesApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: storesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) =>
        StoresClient.create({
          baseUrl: 'plugin://stores',
          fetch: (url, init) => fetchApi.fetch(url, init),
        }),
    }),
});
