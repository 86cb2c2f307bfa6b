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
    store.conditions.find(({ type }) => type === 'Reachable')
      ?.lastTransitionTime ?? store.updatedAt
  );
}

function describeWaiting(store: Store, { t }: DescriptionContext): string {
  const { queuePosition, reason } = store;
  if (reason === 'ClusterUnreachable') {
    return t('state.waitingCluster');
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

function describeProgress(
  store: Store,
  { now, t }: DescriptionContext,
): string {
  if (store.queuePosition) {
    return t('state.waitingAhead', { ahead: String(store.queuePosition) });
  }
  // A store that sold once is at something newer than its making.
  const since = store.readyAt ? unreachableSince(store) : store.createdAt;
  return t('state.settingUpFor', {
    what: withoutFullStop(store.message ?? describeStep(store, t)),
    age: formatAge(since, now),
  });
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
      return { sentence: describeProgress(store, context) };
    case 'READY':
      return {
        sentence: store.readyAt
          ? t('state.openSince', { date: formatDate(store.readyAt, now) })
          : t('state.open'),
      };
    case 'DEGRADED':
      return {
        sentence: t('state.degraded', {
          age: formatAge(unreachableSince(store), now),
        }),
        remedy: store.remedy ?? because?.remedy,
      };
    case 'FAILED':
      return {
        sentence: because?.sentence ?? store.message ?? t('state.failed'),
        remedy: store.remedy ?? because?.remedy,
      };
    case 'DELETING':
      return {
        sentence: store.message
          ? t('state.deletingWhat', { what: withoutFullStop(store.message) })
          : t('state.deleting'),
        remedy: store.remedy,
      };
    default:
      return {
        sentence: store.deletedAt
          ? t('state.deletedAgo', { age: formatAge(store.deletedAt, now) })
          : t('state.deleted'),
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
