import { translationApiRef } from '@backstage/frontend-plugin-api';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { z } from 'zod/v3';
import { storesApiRef } from '../api';
import { storesTranslationRef } from '../translation';
import { validateStoreName } from './validateStoreName';

/** `ui:field: StoreName` */
export const storeNameField = FormFieldBlueprint.make({
  name: 'store-name',
  params: {
    field: async () => {
      const { StoreNameField } = await import('./StoreNameField');
      return createFormField<z.ZodString, z.ZodAny>({
        name: 'StoreName',
        component: StoreNameField,
        validation: async (name, validation, { apiHolder }) => {
          const api = apiHolder.get(storesApiRef);
          const translation = apiHolder
            .get(translationApiRef)
            ?.getTranslation(storesTranslationRef);
          if (!api || !translation?.ready) {
            return;
          }
          const problem = await validateStoreName(name, {
            api,
            t: translation.t,
          });
          if (problem !== undefined) {
            validation.addError(problem);
          }
        },
      });
    },
  },
});

/** `ui:field: StoreOwner` */
export const storeOwnerField = FormFieldBlueprint.make({
  name: 'store-owner',
  params: {
    field: async () => {
      const { StoreOwnerField } = await import('./StoreOwnerField');
      return createFormField<z.ZodString, z.ZodAny>({
        name: 'StoreOwner',
        component: StoreOwnerField,
      });
    },
  },
});

/** `ui:field: StorePlan` */
export const storePlanField = FormFieldBlueprint.make({
  name: 'store-plan',
  params: {
    field: async () => {
      const { StorePlanField } = await import('./StorePlanField');
      return createFormField<z.ZodString, z.ZodAny>({
        name: 'StorePlan',
        component: StorePlanField,
      });
    },
  },
});
