import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** The texts of what the portal itself shows, around the plugins' pages. */
export const appTranslationRef = createTranslationRef({
  id: 'storeyard',
  messages: {
    guide: { title: 'Guide' },
    home: {
      list: {
        title: 'All stores',
        text: "Everybody's stores, to search and filter.",
      },
      overview: {
        title: 'Overview',
        text: 'How many, how quickly they come up, what fails, and the room that is left.',
      },
      guide: {
        title: 'Guide',
        text: 'What a store is, what its states mean, and how to change and end one.',
      },
    },
    nav: {
      menu: 'Menu',
      overview: 'Overview',
      search: 'Search',
      settings: 'Settings',
    },
    signIn: {
      oidcTitle: 'Sign in',
      oidcMessage: 'With the account that you use for work',
      noneTitle: 'Nobody can sign in yet',
      noneMessage:
        'This portal has no way to sign in. Whoever runs it sets auth.providers.oidc in its configuration.',
    },
  },
});
