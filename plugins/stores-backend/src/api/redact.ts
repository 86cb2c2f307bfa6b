import {
  describeStoreReason,
  isStoreReason,
  type Store,
  type StoreEvent,
  type StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';

/** Their messages may hold the cluster's own words, and with them the last lines of a log. */
const quoting: readonly StoreEventType[] = [
  'attempt-failed',
  'retry-scheduled',
  'degraded',
  'failed',
  'drift-found',
  'repaired',
  'upgrade-failed',
  'deletion-blocked',
  'namespace-reappeared',
  'cluster-unreachable',
];

/** A store for somebody who may not read its logs: name, state and address, and why in our own words. */
export function redactStore(store: Store): Store {
  const { reason } = store;
  return {
    ...store,
    parameters: {},
    message:
      store.message === undefined || reason === undefined
        ? undefined
        : describeStoreReason(reason).sentence,
    conditions: store.conditions.map(
      ({ message: _, ...condition }) => condition,
    ),
  };
}

/** An event for somebody who may not read its store's logs: what happened, without the cluster's words. */
export function redactEvent({ details, ...event }: StoreEvent): StoreEvent {
  if (!quoting.includes(event.type)) {
    return event;
  }
  const { reason } = details ?? {};
  return {
    ...event,
    message: isStoreReason(reason)
      ? describeStoreReason(reason).sentence
      : inWords(event.type),
  };
}

function inWords(type: StoreEventType): string {
  const words = type.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
