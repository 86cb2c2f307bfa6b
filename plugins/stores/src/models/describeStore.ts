import {
  describeStoreReason,
  type Store,
  type StoreConditionType,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoresTranslate } from '../translation';
import { formatDate, formatTime } from './formatDate';
import { formatAge } from './formatDuration';
import { ownerName } from './ownerName';

/** What a person needs to know of a store's state. */
export interface StoreDescription {
  /** One honest sentence. */
  sentence: string;
  /** The moment that the sentence counts from. */
  since?: string;
  /** What to do about it, when there is something to do. */
  remedy?: string;
}

/** The moment and the language to describe something for. */
export interface DescriptionContext {
  now: number;
  t: StoresTranslate;
}

function withoutFullStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}

function unreachableSince(store: Store): string {
  return (
    store.conditions.find(
      ({ type, status }) => type === 'Reachable' && status !== 'True',
    )?.lastTransitionTime ?? store.updatedAt
  );
}

function describeWaiting(store: Store, { t }: DescriptionContext): string {
  const { queuePosition, reason } = store;
  if (reason === 'ClusterUnreachable') {
    return t('state.waitingCluster');
  }
  if (reason) {
    return describeStoreReason(reason).sentence;
  }
  return queuePosition
    ? t('state.waitingAhead', { ahead: String(queuePosition) })
    : t('state.waiting');
}

const steps = [
  'NamespaceReady',
  'Applied',
  'DatabaseReady',
  'BackendReady',
  'Reachable',
] as const satisfies readonly StoreConditionType[];

/** What of a store in the making is next to be had. */
function describeStep({ conditions }: Store, t: StoresTranslate): string {
  const next = steps.find(
    step => conditions.find(({ type }) => type === step)?.status !== 'True',
  );
  return next ? t(`state.steps.${next}`) : t('state.settingUp');
}

/** What a store in the making is at; the cluster's own words for it are told by its story. */
function describeDoing(store: Store, t: StoresTranslate): string {
  const what = store.reason
    ? describeStoreReason(store.reason).sentence
    : describeStep(store, t);
  return store.nextAttemptAt
    ? t('state.attempt', {
        what: withoutFullStop(what),
        attempt: String(store.attempt + 1),
      })
    : withoutFullStop(what);
}

function describeProgress(
  store: Store,
  { now, t }: DescriptionContext,
): StoreDescription {
  if (store.queuePosition) {
    return {
      sentence: t('state.waitingAhead', { ahead: String(store.queuePosition) }),
    };
  }
  // A store that sold once is at something newer than its making.
  const since = store.readyAt ? unreachableSince(store) : store.createdAt;
  return {
    sentence: t('state.settingUpFor', {
      what: describeDoing(store, t),
      age: formatAge(since, now),
    }),
    since,
  };
}

/** That a store doesn't sell; that it is being repaired only where it is. */
function describeOutage(
  store: Store,
  context: DescriptionContext,
): StoreDescription {
  const { now, t } = context;
  if (store.reason === 'VolumeBeingDeleted') {
    return { sentence: describeStoreReason(store.reason).sentence };
  }
  const since = unreachableSince(store);
  return {
    sentence: t(
      describePause(store, context) === undefined
        ? 'state.degraded'
        : 'state.degradedPaused',
      { age: formatAge(since, now) },
    ),
    since,
  };
}

/** What a deletion waits for. What holds it up is told by the cluster in its own words, for nobody else knows it. */
function describeDeletion(
  { message, reason }: Store,
  t: StoresTranslate,
): string {
  if (reason && reason !== 'DeletionBlocked') {
    return t('state.deletingBecause', {
      because: withoutFullStop(describeStoreReason(reason).sentence),
    });
  }
  return message
    ? t('state.deletingWhat', { what: withoutFullStop(message) })
    : t('state.deleting');
}

/** A store's state in words. */
export function describeStore(
  store: Store,
  context: DescriptionContext,
): StoreDescription {
  const { now, t } = context;
  const because = store.reason && describeStoreReason(store.reason);
  switch (store.state) {
    case 'REQUESTED':
      return { sentence: describeWaiting(store, context) };
    case 'PROVISIONING':
      return describeProgress(store, context);
    case 'READY':
      return {
        sentence: store.readyAt
          ? t('state.openSince', { date: formatDate(store.readyAt, now) })
          : t('state.open'),
        since: store.readyAt,
      };
    case 'DEGRADED':
      return {
        ...describeOutage(store, context),
        remedy: store.remedy ?? because?.remedy,
      };
    case 'FAILED':
      return {
        sentence: because?.sentence ?? store.message ?? t('state.failed'),
        remedy: store.remedy ?? because?.remedy,
      };
    case 'DELETING':
      return {
        sentence: describeDeletion(store, t),
        remedy: store.remedy,
      };
    default:
      return {
        sentence: store.deletedAt
          ? t('state.deletedAgo', { age: formatAge(store.deletedAt, now) })
          : t('state.deleted'),
        since: store.deletedAt,
      };
  }
}

/** That a store is paused, in words; undefined when it isn't. */
export function describePause(
  { pausedBy, pausedUntil, pauseReason, state }: Store,
  { now, t }: DescriptionContext,
): string | undefined {
  if (
    pausedUntil === undefined ||
    Date.parse(pausedUntil) <= now ||
    state === 'DELETING' ||
    state === 'DELETED'
  ) {
    return undefined;
  }
  const date = formatTime(pausedUntil, now);
  return t('state.paused', {
    paused: pausedBy
      ? t('state.pausedBy', { by: ownerName(pausedBy), date })
      : t('state.pausedUntil', { date }),
    because: pauseReason ? t('state.pauseReason', { reason: pauseReason }) : '',
  });
}
