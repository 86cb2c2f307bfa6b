import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { StoresClient } from '@storeyard/backstage-plugin-stores-common';

/**
 * The REST API of the stores plugin for other backend plugins.
 *
 * @public
 */
export interface StoresService {
  /**
   * A client whose calls are made in the name of these credentials, with their permissions and under their rate limit.
   */
  clientFor(credentials: BackstageCredentials): StoresClient;
}
