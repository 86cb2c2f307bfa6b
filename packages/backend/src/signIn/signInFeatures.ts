import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import oidcProvider from '@backstage/plugin-auth-backend-module-oidc-provider';
import { listensOnLoopback } from './listensOnLoopback';

/** The ways to sign in that `auth.providers` names, and no other. */
export const signInFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (config.has('auth.providers.guest')) {
      if (!listensOnLoopback(config)) {
        throw new InputError(
          `'auth.providers.guest' lets anybody in without a password, so 'backend.listen' must be a loopback address such as '127.0.0.1', and is '${describe(
            config.getOptional('backend.listen'),
          )}'`,
        );
      }
      yield guestProvider;
    }
    if (config.has('auth.providers.oidc')) {
      yield oidcProvider;
    }
  },
});

function describe(listen: unknown): string {
  return typeof listen === 'string' ? listen : JSON.stringify(listen);
}
