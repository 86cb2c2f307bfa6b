import {
  describeStoreReason,
  Store,
} from '@storeyard/backstage-plugin-stores-common';
import { formatDate } from './formatDate';
import { formatAge } from './formatDuration';

/** What a person needs to know of a store's state. */
export interface StoreDescription {
  /** One honest sentence. */
  sentence: string;
  /** What to do about it, when there is something to do. */
  remedy?: string;
}

function withoutFullStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}

function since(store: Store): string {
  return (
    store.conditions.find(({ type }) => type === 'Reachable')
      ?.lastTransitionTime ?? store.updatedAt
  );
}

function describeWaiting({ queuePosition, reason }: Store): string {
  if (reason === 'ClusterUnreachable') {
    return 'Waiting for the cluster';
  }
  return queuePosition
    ? `Waiting its turn, ${queuePosition} ahead`
    : 'Waiting its turn';
}

/** A store's state in words. */
export function describeStore(store: Store, now: number): StoreDescription {
  const because = store.reason && describeStoreReason(store.reason);
  switch (store.state) {
    case 'REQUESTED':
      return { sentence: describeWaiting(store) };
    case 'PROVISIONING':
      return {
        sentence: `${withoutFullStop(
          store.message ?? 'Being set up',
        )} · ${formatAge(store.createdAt, now)}`,
      };
    case 'READY':
      return {
        sentence: store.readyAt
          ? `Open for business since ${formatDate(store.readyAt, now)}`
          : 'Open for business',
      };
    case 'DEGRADED':
      return {
        sentence: `Not answering since ${formatAge(
          since(store),
          now,
        )}, being repaired`,
        remedy: store.remedy,
      };
    case 'FAILED':
      return {
        sentence:
          because?.sentence ?? store.message ?? "The store can't be set up.",
        remedy: store.remedy ?? because?.remedy,
      };
    case 'DELETING':
      return {
        sentence: store.message
          ? `Deleting: ${withoutFullStop(store.message)}`
          : 'Deleting',
        remedy: store.remedy,
      };
    default:
      return {
        sentence: store.deletedAt
          ? `Deleted ${formatAge(store.deletedAt, now)} ago`
          : 'Deleted',
      };
  }
}
