import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { StoresClient } from '@storeyard/backstage-plugin-stores-common';
import type { StoresService } from './StoresService';

/**
 * Options of {@link DefaultStoresService.create}.
 *
 * @public
 */
export interface DefaultStoresServiceOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/**
 * Calls the stores plugin over HTTP, wherever it runs.
 *
 * @public
 */
export class DefaultStoresService implements StoresService {
  static create(options: DefaultStoresServiceOptions): DefaultStoresService {
    return new DefaultStoresService(options);
  }

  private constructor(private readonly options: DefaultStoresServiceOptions) {}

  clientFor(credentials: BackstageCredentials): StoresClient {
    const { auth, discovery } = this.options;
    return StoresClient.create({
      baseUrl: () => discovery.getBaseUrl('stores'),
      fetch: async (url, init) => {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: credentials,
          targetPluginId: 'stores',
        });
        const headers = new Headers(init?.headers);
        headers.set('Authorization', `Bearer ${token}`);
        return fetch(url, { ...init, headers });
      },
    });
  }
}
