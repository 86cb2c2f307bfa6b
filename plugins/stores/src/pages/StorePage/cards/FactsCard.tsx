import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { Facts } from '../../../components/Facts';
import { Time } from '../../../components/Time';
import type { StoreEvents } from '../../../data/useStoreEvents';
import { formatAge, formatMeasured } from '../../../models/formatDuration';
import { figuresOf } from '../../../models/storeFigures';
import { useStoresTranslation } from '../../../translation';

/** What a store is, and what can be counted about it. */
export const FactsCard = ({
  store,
  log,
  now,
}: {
  store: Store;
  log: StoreEvents;
  now: number;
}) => {
  const t = useStoresTranslation();
  const figures = log.events && figuresOf(log.events);
  // Of a long log only the newest part has been read.
  const count = (number: number | undefined) =>
    number !== undefined && log.hasOlder
      ? t('store.cards.atLeast', { number: String(number) })
      : number;
  const moment = (time: string | undefined) =>
    time && (
      <Time time={time}>{t('common.ago', { age: formatAge(time, now) })}</Time>
    );
  return (
    <Facts
      title={t('store.cards.facts')}
      facts={[
        { name: t('store.cards.id'), value: store.id },
        { name: t('store.cards.owner'), value: store.owner },
        { name: t('store.cards.createdBy'), value: store.createdBy },
        { name: t('store.cards.plan'), value: store.plan },
        { name: t('store.cards.engine'), value: store.engine },
        { name: t('store.cards.imageVersion'), value: store.imageVersion },
        { name: t('store.cards.chartVersion'), value: store.chartVersion },
        { name: t('store.cards.namespace'), value: store.namespace },
        { name: t('store.cards.created'), value: moment(store.createdAt) },
        {
          name: t('store.cards.setUpIn'),
          value:
            store.readyAt &&
            formatMeasured(
              (Date.parse(store.readyAt) - Date.parse(store.createdAt)) / 1_000,
            ),
        },
        { name: t('store.cards.repairs'), value: count(figures?.repairs) },
        { name: t('store.cards.failures'), value: count(figures?.failures) },
        { name: t('store.cards.deleted'), value: moment(store.deletedAt) },
      ]}
    />
  );
};
