import { Flex, Text } from '@backstage/ui';
import type { Overview } from '@storeyard/backstage-plugin-stores-common';
import { ColumnChart } from '../../components/ColumnChart';
import { InfoCard } from '../../components/InfoCard';
import { fillBuckets } from '../../models/fillBuckets';
import { formatBucket } from '../../models/formatBucket';
import { useStoresTranslation } from '../../translation';

/** What was put back, by day. */
export const RepairsChart = ({
  overview,
  now,
}: {
  overview: Overview;
  now: number;
}) => {
  const t = useStoresTranslation();
  const { bucketSeconds, repairs, since } = overview;
  const format = (at: number) => formatBucket(at, bucketSeconds);
  return (
    <InfoCard title={t('overview.repairs')}>
      {repairs.length === 0 ? (
        <Text as="p">{t('overview.repairsNone')}</Text>
      ) : (
        <Flex direction="column" gap="3" align="stretch">
          <Text as="p">
            {t('overview.repairsAll', {
              count: repairs.reduce((sum, { count }) => sum + count, 0),
            })}
          </Text>
          <ColumnChart
            title={t('overview.repairs')}
            headings={[
              t('overview.day'),
              t('overview.repaired'),
              t('overview.stores'),
            ]}
            rows={repairs.map(({ start, count, stores }) => ({
              key: start,
              cells: [format(Date.parse(start)), String(count), String(stores)],
            }))}
            columns={fillBuckets(repairs, { since, until: now, bucketSeconds })}
            formatTime={format}
          />
        </Flex>
      )}
    </InfoCard>
  );
};
