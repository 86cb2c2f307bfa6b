import { mockApis } from '@backstage/frontend-test-utils';
import { storesTranslationRef, type StoresTranslate } from '../translation';

/** The texts as they are in the plugin, for what is tested apart from React. */
export function translate(): StoresTranslate {
  const snapshot = mockApis.translation().getTranslation(storesTranslationRef);
  if (!snapshot.ready) {
    throw new Error('The texts are not ready');
  }
  return snapshot.t;
}
