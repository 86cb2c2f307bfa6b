import { retryAfterOf, statusOf, wordsOf } from '../data/requestErrors';
import type { DescriptionContext } from './describeStore';
import { formatDuration } from './formatDuration';

/** Why something could not be read, in words. */
export function describeLoadError(
  error: Error,
  { now, t, retryAt }: DescriptionContext & { retryAt?: number },
): string {
  switch (statusOf(error)) {
    case 401:
    case 403:
      return t('common.error.forbidden', { words: wordsOf(error) });
    case 429:
      return retryAt !== undefined && retryAt > now
        ? t('common.error.tooMany', {
            wait: formatDuration((retryAt - now) / 1000),
          })
        : t('common.error.tooManySoon');
    case undefined:
      return t('common.error.away');
    default:
      return t('common.error.other', { words: wordsOf(error) });
  }
}

/** Why something that a person asked for was refused, in words. */
export function describeActionError(
  error: Error,
  { now, t }: DescriptionContext,
): string {
  switch (statusOf(error)) {
    case 401:
    case 403:
      return t('common.actionFailed.forbidden', { words: wordsOf(error) });
    case 429:
      return t('common.actionFailed.tooMany', {
        wait: formatDuration((retryAfterOf(error, now) ?? 60_000) / 1000),
      });
    case undefined:
      return t('common.actionFailed.away');
    default:
      return t('common.actionFailed.other', { words: wordsOf(error) });
  }
}
