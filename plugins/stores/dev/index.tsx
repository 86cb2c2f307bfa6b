import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { RiBox3Line, RiInputField, RiListCheck2 } from '@remixicon/react';
import { fakeStores } from '../src/__testUtils__/fakeStores';
import storesPlugin, { storesApiRef } from '../src';
import { EntityPage } from './EntityPage';
import { FieldsPage } from './FieldsPage';
import { scenarios } from './scenarios';
import { ScenariosPage } from './ScenariosPage';

// The scenario outlives links inside the app, which know nothing of it.
const key = 'storeyard.scenario';
const chosen = new URLSearchParams(window.location.search).get('scenario');
if (chosen) {
  window.sessionStorage.setItem(key, chosen);
}
const scenario = scenarios[window.sessionStorage.getItem(key) ?? ''];

const storesApi = storesPlugin.getExtension('api:stores').override({
  params: defineParams =>
    defineParams({
      api: storesApiRef,
      deps: {},
      factory: () => fakeStores(scenario?.api),
    }),
});

const permissionApi = ApiBlueprint.make({
  name: 'permission',
  params: defineParams =>
    defineParams({
      api: permissionApiRef,
      deps: {},
      factory: () => ({
        authorize: async ({ permission }) => ({
          result: scenario?.denied?.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        }),
      }),
    }),
});

const scenariosPlugin = createFrontendPlugin({
  pluginId: 'scenarios',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/',
        title: 'States',
        icon: <RiListCheck2 />,
        loader: async () => <ScenariosPage />,
      },
    }),
    PageBlueprint.make({
      name: 'fields',
      params: {
        path: '/fields',
        title: 'Form',
        icon: <RiInputField />,
        loader: async () => <FieldsPage groups={scenario?.groups} />,
      },
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/entity',
        title: 'Entity',
        icon: <RiBox3Line />,
        loader: async () => <EntityPage />,
      },
    }),
  ],
});

createDevApp({
  features: [
    storesPlugin.withOverrides({ extensions: [storesApi] }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [permissionApi],
    }),
    scenariosPlugin,
  ],
});
