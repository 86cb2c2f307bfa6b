import { Alert, Button } from '@backstage/ui';
import { useNow } from '../data/useNow';
import { describeLoadError } from '../models/describeError';
import { formatDuration } from '../models/formatDuration';
import { useStoresTranslation } from '../translation';
import { Time } from './Time';

/** Says that something could not be read, and how old is what is shown in its place. */
export const LoadError = ({
  what,
  error,
  loadedAt,
  retryAt,
  onRetry,
}: {
  what: string;
  error: Error;
  loadedAt?: number;
  retryAt?: number;
  onRetry: () => void;
}) => {
  const t = useStoresTranslation();
  const now = useNow();
  return (
    <Alert
      icon
      role="alert"
      status={loadedAt === undefined ? 'danger' : 'warning'}
      title={t('common.error.title', { what })}
      description={
        // Heard with the alert, and not again with every second that passes.
        <span aria-live="off">
          {describeLoadError(error, { now, t, retryAt })}
          {loadedAt !== undefined && (
            <>
              {' '}
              <Time time={new Date(loadedAt).toISOString()}>
                {t('common.error.age', {
                  age: formatDuration((now - loadedAt) / 1000),
                })}
              </Time>
            </>
          )}
        </span>
      }
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          {t('common.error.retry')}
        </Button>
      }
    />
  );
};
