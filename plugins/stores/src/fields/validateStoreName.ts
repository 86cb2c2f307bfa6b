import { findStoreNameProblem } from '@storeyard/backstage-plugin-stores-common';
import type { StoresApi } from '../api';
import type { StoresTranslate } from '../translation';
import { describeCheck } from './describeName';

/** Why a name can't be used, as a sentence; undefined when it can as far as is known. */
export async function validateStoreName(
  name: string | undefined,
  { api, t }: { api: Pick<StoresApi, 'checkName'>; t: StoresTranslate },
): Promise<string | undefined> {
  // That it is required says the form.
  if (!name) {
    return undefined;
  }
  const rule = findStoreNameProblem(name);
  if (rule !== undefined) {
    return t('fields.name.invalid', { rule });
  }
  const check = await api.checkName(name.trim());
  return check.available ? undefined : describeCheck(check, t);
}
