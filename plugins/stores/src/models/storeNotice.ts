import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { describeStore, type DescriptionContext } from './describeStore';
import { formatDuration } from './formatDuration';

/** What a person should act on. */
export interface StoreNotice {
  status: 'warning' | 'danger';
  title: string;
  /** What is the matter and what to do. */
  text: string;
  /** When the portal tries by itself again. */
  next?: string;
  /** The cluster's own words. */
  words?: string;
}

function titleOf(
  { state, reason, remedy }: Store,
  { t }: DescriptionContext,
): string | undefined {
  if (state === 'FAILED') {
    return reason === 'DataLost'
      ? t('store.notice.lost')
      : t('store.notice.failed');
  }
  if (state === 'DEGRADED' && (remedy || reason === 'VolumeBeingDeleted')) {
    return t('store.notice.degraded');
  }
  if (state === 'READY' && reason === 'UpgradeFailed') {
    return t('store.notice.upgradeFailed');
  }
  if (state === 'DELETING' && reason === 'DeletionBlocked') {
    return t('store.notice.blocked');
  }
  return undefined;
}

function nextAttempt(
  { nextAttemptAt, attempt }: Store,
  { now, t }: DescriptionContext,
): string | undefined {
  if (nextAttemptAt === undefined) {
    return undefined;
  }
  const wait = Date.parse(nextAttemptAt) - now;
  return wait > 0
    ? t('store.notice.nextAttempt', {
        wait: formatDuration(wait / 1000),
        attempt: String(attempt + 1),
      })
    : t('store.notice.nextAttemptSoon', { attempt: String(attempt + 1) });
}

/** What a person should act on; undefined when there is nothing for them to do. */
export function noticeOf(
  store: Store,
  context: DescriptionContext,
): StoreNotice | undefined {
  const title = titleOf(store, context);
  if (title === undefined) {
    return undefined;
  }
  const { sentence, remedy = store.remedy } = describeStore(store, context);
  return {
    status:
      store.state === 'FAILED' || store.reason === 'VolumeBeingDeleted'
        ? 'danger'
        : 'warning',
    title,
    text: [sentence.replace(/([^.])$/, '$1.'), remedy]
      .filter(Boolean)
      .join(' '),
    next: nextAttempt(store, context),
    words: store.message,
  };
}
