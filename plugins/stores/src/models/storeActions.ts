import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoresTranslate } from '../translation';

/** What a person can do with a store. */
export type StoreActionName =
  | 'open'
  | 'admin'
  | 'retry'
  | 'pause'
  | 'resume'
  | 'protect'
  | 'unprotect'
  | 'delete';

/** What the permission framework says; undefined while it is asked. */
export type Allowed = boolean | undefined;

function stateAgainst(
  action: StoreActionName,
  store: Store,
  t: StoresTranslate,
): string | undefined {
  const { state, reason } = store;
  if (state === 'DELETED') {
    return t('store.whyNot.gone');
  }
  if (action === 'open' || action === 'admin') {
    if (isStoreAvailable(store)) {
      return undefined;
    }
    return state === 'DEGRADED'
      ? t('store.whyNot.notReady')
      : t('store.whyNot.notOpen');
  }
  if (state === 'DELETING') {
    return t('store.whyNot.deleting');
  }
  if (action === 'retry') {
    if (state === 'REQUESTED') {
      return t('store.whyNot.notBegun');
    }
    return state === 'READY' && reason !== 'UpgradeFailed'
      ? t('store.whyNot.nothingToRetry')
      : undefined;
  }
  return undefined;
}

/** Why an action can't be taken, as a sentence for a tooltip; undefined when it can. */
export function whyNot(
  action: StoreActionName,
  store: Store,
  {
    allowed,
    owner,
    t,
  }: { allowed: Allowed; owner: string; t: StoresTranslate },
): string | undefined {
  const against = stateAgainst(action, store, t);
  if (against !== undefined) {
    return against;
  }
  if (allowed === undefined) {
    return t('store.whyNot.checking');
  }
  return allowed ? undefined : t('store.whyNot.notAllowed', { owner });
}
