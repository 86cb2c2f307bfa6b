import {
  createTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { commonMessages } from './commonMessages';
import { deleteMessages } from './deleteMessages';
import { entityMessages } from './entityMessages';
import { fieldMessages } from './fieldMessages';
import { homeMessages } from './homeMessages';
import { listMessages } from './listMessages';
import { overviewMessages } from './overviewMessages';
import { stateMessages } from './stateMessages';
import { storeMessages } from './storeMessages';
import { timelineMessages } from './timelineMessages';

/**
 * All texts of the plugin, for translations of them.
 *
 * @public
 */
export const storesTranslationRef = createTranslationRef({
  id: 'plugin.stores',
  messages: {
    common: commonMessages,
    delete: deleteMessages,
    entity: entityMessages,
    fields: fieldMessages,
    home: homeMessages,
    list: listMessages,
    overview: overviewMessages,
    state: stateMessages,
    store: storeMessages,
    timeline: timelineMessages,
  },
});

/** Gives a text in the reader's language. */
export type StoresTranslate = TranslationFunction<
  typeof storesTranslationRef.T
>;
