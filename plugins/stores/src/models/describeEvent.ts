import {
  describeStoreReason,
  isStoreReason,
  type StoreEvent,
  type StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';

/** These carry the cluster's own words, which are no sentence. */
const outcries: readonly StoreEventType[] = ['failed', 'degraded'];

/** What happened, as a sentence: the event's own, unless the cluster speaks in it and it is known what that means. */
export function describeEvent({ type, message, details }: StoreEvent): string {
  const reason = details?.reason;
  return outcries.includes(type) && isStoreReason(reason)
    ? describeStoreReason(reason).sentence
    : message;
}
