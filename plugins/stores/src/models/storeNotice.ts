import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { describeStore, type DescriptionContext } from './describeStore';
import { formatDuration } from './formatDuration';

/** What a person should act on. */
export interface StoreNotice {
  status: 'warning' | 'danger';
  title: string;
  /** What is the matter, unless the state's sentence says it in the cluster's own words, and what to do. */
  text: string;
  /** When the portal tries by itself again. */
  next?: { text: string; at: string };
  /** The cluster's own words, unless they stand in the sentence. */
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
): StoreNotice['next'] {
  if (nextAttemptAt === undefined) {
    return undefined;
  }
  const wait = Date.parse(nextAttemptAt) - now;
  const text =
    wait > 0
      ? t('store.notice.nextAttempt', {
          wait: formatDuration(wait / 1000),
          attempt: String(attempt + 1),
        })
      : t('store.notice.nextAttemptSoon', { attempt: String(attempt + 1) });
  return { text, at: nextAttemptAt };
}

/** Whether a sentence has the cluster's own words in it. */
function tells(sentence: string, words: string): boolean {
  return sentence.includes(words.replace(/\.\s*$/, ''));
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
  const { message } = store;
  const isTold = message !== undefined && tells(sentence, message);
  return {
    status:
      store.state === 'FAILED' || store.reason === 'VolumeBeingDeleted'
        ? 'danger'
        : 'warning',
    title,
    text: [!isTold && sentence.replace(/([^.])$/, '$1.'), remedy]
      .filter(Boolean)
      .join(' '),
    next: nextAttempt(store, context),
    words: isTold ? undefined : message,
  };
}
