import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultStoresService } from './DefaultStoresService';
import type { StoresService } from './StoresService';

/**
 * Stores for other backend plugins: order, follow and delete them in the name of whoever asked.
 *
 * @public
 */
export const storesServiceRef = createServiceRef<StoresService>({
  id: 'stores',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: options => DefaultStoresService.create(options),
    }),
});
