import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** The texts of what the portal itself shows, around the plugins' pages. */
export const appTranslationRef = createTranslationRef({
  id: 'storeyard',
  messages: {
    signIn: {
      oidcTitle: 'Sign in',
      oidcMessage: 'With the account that you use for work',
      noneTitle: 'Nobody can sign in yet',
      noneMessage:
        'This portal has no way to sign in. Whoever runs it sets auth.providers.oidc in its configuration.',
    },
  },
});
