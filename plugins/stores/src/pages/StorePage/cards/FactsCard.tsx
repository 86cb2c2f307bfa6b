import type {
  Store,
  StoreEvent,
} from '@storeyard/backstage-plugin-stores-common';
import { Facts } from '../../../components/Facts';
import { Time } from '../../../components/Time';
import { formatDate } from '../../../models/formatDate';
import { formatMeasured } from '../../../models/formatDuration';
import { figuresOf } from '../../../models/storeFigures';
import { useStoresTranslation } from '../../../translation';

/** What a store is, and what can be counted about it. */
export const FactsCard = ({
  store,
  events,
  now,
}: {
  store: Store;
  events?: readonly StoreEvent[];
  now: number;
}) => {
  const t = useStoresTranslation();
  const figures = events && figuresOf(events);
  const moment = (time: string | undefined) =>
    time && <Time time={time}>{formatDate(time, now)}</Time>;
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
            figures?.setUpSeconds !== undefined &&
            formatMeasured(figures.setUpSeconds),
        },
        { name: t('store.cards.repairs'), value: figures?.repairs },
        { name: t('store.cards.failures'), value: figures?.failures },
        { name: t('store.cards.deleted'), value: moment(store.deletedAt) },
      ].filter(({ value }) => value !== false)}
    />
  );
};
