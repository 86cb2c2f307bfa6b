import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { StoreyardPolicy } from './StoreyardPolicy';

/** Puts {@link StoreyardPolicy} in charge of this portal's permissions. */
export const permissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'storeyard-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(
          StoreyardPolicy.create({
            platformAdmins:
              config.getOptionalStringArray('stores.platformAdmins') ?? [],
          }),
        );
      },
    });
  },
});
