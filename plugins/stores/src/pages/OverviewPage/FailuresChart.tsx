import { Text } from '@backstage/ui';
import type { Overview } from '@storeyard/backstage-plugin-stores-common';
import { BarChart } from '../../components/BarChart';
import { InfoCard } from '../../components/InfoCard';
import { useStoresTranslation } from '../../translation';

/** Why stores failed. */
export const FailuresChart = ({ overview }: { overview: Overview }) => {
  const t = useStoresTranslation();
  const { failuresByReason } = overview;
  return (
    <InfoCard title={t('overview.failures')}>
      {failuresByReason.length === 0 ? (
        <Text as="p">{t('overview.failuresNone')}</Text>
      ) : (
        <BarChart
          title={t('overview.failures')}
          labelHeading={t('overview.reason')}
          valueHeading={t('overview.failed')}
          bars={failuresByReason.map(({ reason, count }) => ({
            key: reason,
            label: reason,
            value: count,
          }))}
        />
      )}
    </InfoCard>
  );
};
