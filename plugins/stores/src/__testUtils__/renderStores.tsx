import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { storesApiRef, type StoresApi } from '../api';
// The plugin loads it when it is opened; before the tests, so that their waiting is about behaviour.
import '../pages/StoresRouter';
import { storesPlugin } from '../plugin';
import { fakeStores } from './fakeStores';

/** Whoever looks in tests, unless they say otherwise. */
export const ownRefs = ['user:default/guest', 'group:default/shop-team'];

/** Shows a page of the plugin in an app, with an API that answers what the test says. */
export function renderStores(
  path: string,
  api: Partial<StoresApi> = {},
  { denied = [] }: { denied?: string[] } = {},
) {
  return renderTestApp({
    features: [storesPlugin],
    apis: [
      [storesApiRef, fakeStores(api)],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ownRefs,
        }),
      ],
      [
        permissionApiRef,
        mockApis.permission({
          authorize: ({ permission }: EvaluatePermissionRequest) =>
            denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }),
      ],
    ],
    initialRouteEntries: [path],
  });
}
