import { Alert } from '@backstage/ui';
import { describeActionError } from '../models/describeError';
import { useStoresTranslation } from '../translation';

/** Says that something was refused, and why. */
export const ActionError = ({
  title,
  error,
}: {
  title: string;
  error: Error;
}) => {
  const t = useStoresTranslation();
  return (
    <Alert
      icon
      role="alert"
      status="danger"
      title={title}
      description={describeActionError(error, { now: Date.now(), t })}
    />
  );
};
