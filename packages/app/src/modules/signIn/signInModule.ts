import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidcAuthApi';
import { signInMessages } from './signInMessages';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: () =>
      import('./StoreyardSignInPage').then(m => m.StoreyardSignInPage),
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage, signInMessages],
});
