import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { formatDate } from '../words/formatDate';
import { Facts } from './Facts';
import { Time } from './Time';

function moment(time: string | undefined, now: number) {
  return time && <Time time={time}>{formatDate(time, now)}</Time>;
}

/** What a store is, in the words of the platform. */
export const StoreFacts = ({ store, now }: { store: Store; now: number }) => (
  <Facts
    title="Facts"
    facts={[
      { name: 'Id', value: store.id },
      { name: 'Owner', value: store.owner },
      { name: 'Created by', value: store.createdBy },
      { name: 'Engine', value: store.engine },
      { name: 'Plan', value: store.plan },
      { name: 'Image version', value: store.imageVersion },
      { name: 'Chart version', value: store.chartVersion },
      { name: 'Namespace', value: store.namespace },
      { name: 'Created', value: moment(store.createdAt, now) },
      { name: 'Ready', value: moment(store.readyAt, now) },
      { name: 'Deleted', value: moment(store.deletedAt, now) },
      { name: 'Next attempt', value: moment(store.nextAttemptAt, now) },
      {
        name: 'Reason',
        value: store.reason && `${store.reason}: ${store.message ?? ''}`,
      },
    ]}
  />
);
