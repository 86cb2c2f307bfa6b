import {
  isStoreAvailable,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import type { DescriptionContext } from './describeStore';

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
  { now, t }: DescriptionContext,
): string | undefined {
  const { pausedUntil, state, reason } = store;
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
    if (pausedUntil !== undefined && Date.parse(pausedUntil) > now) {
      return t('store.whyNot.paused');
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
    ...context
  }: DescriptionContext & { allowed: Allowed; owner: string },
): string | undefined {
  const { t } = context;
  const against = stateAgainst(action, store, context);
  if (against !== undefined) {
    return against;
  }
  if (allowed === undefined) {
    return t('store.whyNot.checking');
  }
  return allowed ? undefined : t('store.whyNot.notAllowed', { owner });
}
