import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { coreComponentsTranslationRef } from '@backstage/core-components/alpha';
import { TranslationBlueprint } from '@backstage/plugin-app-react';

/** The stock text warns of an identity that is not verified, which nobody can do anything with here. */
export const signInMessages = TranslationBlueprint.make({
  name: 'guest',
  params: {
    resource: createTranslationMessages({
      ref: coreComponentsTranslationRef,
      messages: {
        'signIn.guestProvider.subtitle':
          'For trying things out, from this machine only. You are a member of an example team that can own stores.',
      },
    }),
  },
});
