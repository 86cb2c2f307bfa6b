import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { storesServiceRef } from '@storeyard/backstage-plugin-stores-node';
import {
  createStoreCreateAction,
  createStoreDeleteAction,
  createStoreWaitAction,
} from './actions';
import { readPagesUrl } from './readPagesUrl';

/**
 * Has templates order stores, wait for them and delete them.
 *
 * @public
 */
export const scaffolderModuleStores = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'stores',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        scaffolder: scaffolderActionsExtensionPoint,
        stores: storesServiceRef,
      },
      async init({ config, scaffolder, stores }) {
        const options = { stores, pagesUrl: readPagesUrl(config) };
        scaffolder.addActions(
          createStoreCreateAction(options),
          createStoreWaitAction(options),
          createStoreDeleteAction(options),
        );
      },
    });
  },
});
