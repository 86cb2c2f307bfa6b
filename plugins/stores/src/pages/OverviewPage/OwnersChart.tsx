import { Text } from '@backstage/ui';
import type { Overview } from '@storeyard/backstage-plugin-stores-common';
import { BarChart } from '../../components/BarChart';
import { InfoCard } from '../../components/InfoCard';
import { ownerName } from '../../models/ownerName';
import { useStoresTranslation } from '../../translation';

/** Whose stores they are. */
export const OwnersChart = ({ overview }: { overview: Overview }) => {
  const t = useStoresTranslation();
  const { activeByOwner } = overview;
  return (
    <InfoCard title={t('overview.owners')}>
      {activeByOwner.length === 0 ? (
        <Text as="p">{t('overview.none')}</Text>
      ) : (
        <BarChart
          title={t('overview.owners')}
          labelHeading={t('overview.owner')}
          valueHeading={t('overview.stores')}
          bars={activeByOwner.map(({ owner, count }) => ({
            key: owner,
            label: ownerName(owner),
            value: count,
          }))}
        />
      )}
    </InfoCard>
  );
};
