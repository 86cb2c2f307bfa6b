import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  storesTranslationRef,
  type StoresTranslate,
} from './storesTranslationRef';

/** The plugin's texts in the reader's language. */
export function useStoresTranslation(): StoresTranslate {
  return useTranslationRef(storesTranslationRef).t;
}
