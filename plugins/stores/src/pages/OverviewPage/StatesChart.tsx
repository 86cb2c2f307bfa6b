import { Text } from '@backstage/ui';
import {
  isActiveStoreState,
  storeStates,
  type Overview,
} from '@storeyard/backstage-plugin-stores-common';
import { BarChart } from '../../components/BarChart';
import { InfoCard } from '../../components/InfoCard';
import { useStoresTranslation } from '../../translation';

/** How many stores are in which state. */
export const StatesChart = ({ overview }: { overview: Overview }) => {
  const t = useStoresTranslation();
  const bars = storeStates.filter(isActiveStoreState).map(state => ({
    key: state,
    label: t(`state.names.${state}`),
    value: overview.countsByState[state] ?? 0,
  }));
  return (
    <InfoCard title={t('overview.states')}>
      {bars.every(({ value }) => value === 0) ? (
        <Text as="p">{t('overview.none')}</Text>
      ) : (
        <BarChart
          title={t('overview.states')}
          labelHeading={t('overview.state')}
          valueHeading={t('overview.stores')}
          bars={bars}
        />
      )}
    </InfoCard>
  );
};
