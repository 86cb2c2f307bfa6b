import type { NameCheck } from '@storeyard/backstage-plugin-stores-common';
import type { StoresTranslate } from '../translation';
import type { NameVerdict } from './useNameCheck';

/** What a check of a name says, as a sentence. */
export function describeCheck(check: NameCheck, t: StoresTranslate): string {
  if (check.available) {
    return t('fields.name.free');
  }
  if (check.problem === 'taken') {
    return check.takenBy
      ? t('fields.name.taken', { id: check.takenBy })
      : t('fields.name.takenBySome');
  }
  return check.message ?? t('fields.name.takenBySome');
}

/** What is known of a name, as a sentence, and whether it may be used. */
export function describeName(
  verdict: NameVerdict,
  t: StoresTranslate,
): { text?: string; isBad: boolean } {
  switch (verdict.status) {
    case 'checking':
      return { text: t('fields.name.checking'), isBad: false };
    case 'unknown':
      return { text: t('fields.name.unknown'), isBad: false };
    case 'broken':
      return {
        text: t('fields.name.invalid', { rule: verdict.rule }),
        isBad: true,
      };
    case 'checked':
      return {
        text: describeCheck(verdict.check, t),
        isBad: !verdict.check.available,
      };
    default:
      return { isBad: false };
  }
}
