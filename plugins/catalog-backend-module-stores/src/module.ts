import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { storesServiceRef } from '@storeyard/backstage-plugin-stores-node';
import { readStoresProviderConfig } from './readStoresProviderConfig';
import { StoresEntityProvider } from './StoresEntityProvider';

/**
 * Shows the stores in the catalog, from the moment that they are asked for until they are gone.
 *
 * @public
 */
export const catalogModuleStores = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'stores',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        stores: storesServiceRef,
      },
      async init({ catalog, config, scheduler, ...services }) {
        const { pagesUrl, schedule } = readStoresProviderConfig(config);
        catalog.addEntityProvider(
          StoresEntityProvider.create({
            ...services,
            pagesUrl,
            runner: scheduler.createScheduledTaskRunner(schedule),
          }),
        );
      },
    });
  },
});
