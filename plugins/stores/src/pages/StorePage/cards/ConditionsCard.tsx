import { Text } from '@backstage/ui';
import type {
  Store,
  StoreCondition,
} from '@storeyard/backstage-plugin-stores-common';
import { InfoCard } from '../../../components/InfoCard';
import { Time } from '../../../components/Time';
import { formatAge } from '../../../models/formatDuration';
import { useStoresTranslation } from '../../../translation';

const words = {
  True: 'store.cards.conditionYes',
  False: 'store.cards.conditionNo',
  Unknown: 'store.cards.conditionUnknown',
} as const;

/** The facts that a store's state is derived from. */
export const ConditionsCard = ({
  store,
  now,
}: {
  store: Store;
  now: number;
}) => {
  const t = useStoresTranslation();
  const line = (condition: StoreCondition) => (
    <li key={condition.type}>
      <Text as="p">
        {t(`store.cards.conditionNames.${condition.type}`)}:{' '}
        <Text as="strong" weight="bold">
          {t(words[condition.status])}
        </Text>{' '}
        <Text as="span" variant="body-small" color="secondary">
          <Time time={condition.lastTransitionTime}>
            {t('store.cards.since', {
              age: formatAge(condition.lastTransitionTime, now),
            })}
          </Time>
        </Text>
      </Text>
      {condition.message && (
        <Text as="p" variant="body-small" color="secondary">
          {condition.message}
        </Text>
      )}
    </li>
  );
  return (
    <InfoCard title={t('store.cards.conditions')}>
      {store.conditions.length === 0 ? (
        <Text as="p">{t('store.cards.noConditions')}</Text>
      ) : (
        <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {store.conditions.map(line)}
        </ul>
      )}
    </InfoCard>
  );
};
