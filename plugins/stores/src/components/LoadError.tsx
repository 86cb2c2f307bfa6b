import { Alert, Button } from '@backstage/ui';
import { useNow } from '../data/useNow';
import { describeLoadError } from '../models/describeError';
import { formatDuration } from '../models/formatDuration';
import { useStoresTranslation } from '../translation';

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
  const age =
    loadedAt === undefined
      ? undefined
      : t('common.error.age', { age: formatDuration((now - loadedAt) / 1000) });
  return (
    <Alert
      icon
      role="alert"
      status={loadedAt === undefined ? 'danger' : 'warning'}
      title={t('common.error.title', { what })}
      description={[describeLoadError(error, { now, t, retryAt }), age]
        .filter(Boolean)
        .join(' ')}
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          {t('common.error.retry')}
        </Button>
      }
    />
  );
};
