import { Alert, Button } from '@backstage/ui';
import { ResponseError } from '@backstage/errors';
import { useNow } from '../hooks/useNow';
import { formatDuration } from '../words/formatDuration';

function statusOf(error: Error): number | undefined {
  return error instanceof ResponseError ? error.response.status : undefined;
}

/** The backend's own words, without the HTTP around them. */
function wordsOf(error: Error): string {
  return error instanceof ResponseError ? error.cause.message : error.message;
}

function describe(error: Error): string {
  switch (statusOf(error)) {
    case 401:
    case 403:
      return `You may not see this: ${wordsOf(error)}`;
    case 429:
      return 'Too many requests. This page tries again by itself.';
    case undefined:
      return 'The portal does not answer. This page tries again by itself.';
    default:
      return `${wordsOf(error)}. This page tries again by itself.`;
  }
}

/** Says that something could not be read, and how old is what is shown in its place. */
export const LoadError = ({
  what,
  error,
  loadedAt,
  onRetry,
}: {
  what: string;
  error: Error;
  loadedAt?: number;
  onRetry: () => void;
}) => {
  const now = useNow();
  const age =
    loadedAt === undefined
      ? ''
      : ` What you see is ${formatDuration((now - loadedAt) / 1000)} old.`;
  return (
    <Alert
      icon
      role="alert"
      status={loadedAt === undefined ? 'danger' : 'warning'}
      title={`${what} could not be loaded`}
      description={`${describe(error)}${age}`}
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          Try now
        </Button>
      }
    />
  );
};
