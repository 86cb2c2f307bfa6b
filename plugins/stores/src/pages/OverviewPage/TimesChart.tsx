import { Flex, Text } from '@backstage/ui';
import type { Overview } from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../components/InfoCard';
import { LineChart } from '../../components/LineChart';
import { formatBucket } from '../../models/formatBucket';
import { formatMeasured } from '../../models/formatDuration';
import { useStoresTranslation } from '../../translation';

/** How long it took from the request until a store sold. */
export const TimesChart = ({ overview }: { overview: Overview }) => {
  const t = useStoresTranslation();
  const { buckets, bucketSeconds, provisioning } = overview;
  return (
    <InfoCard title={t('overview.times')}>
      {provisioning === undefined ? (
        <Text as="p">{t('overview.timesNone')}</Text>
      ) : (
        <Flex direction="column" gap="3" align="stretch">
          <Text as="p">
            {t('overview.timesAll', {
              p50: formatMeasured(provisioning.p50Seconds),
              p95: formatMeasured(provisioning.p95Seconds),
              count: provisioning.count,
            })}
          </Text>
          <LineChart
            title={t('overview.times')}
            timeHeading={t('overview.day')}
            names={[t('overview.median'), t('overview.slow')]}
            points={buckets.map(({ start, p50Seconds, p95Seconds }) => ({
              at: Date.parse(start),
              values: [p50Seconds, p95Seconds],
            }))}
            formatTime={at => formatBucket(at, bucketSeconds)}
            formatValue={formatMeasured}
          />
        </Flex>
      )}
    </InfoCard>
  );
};
