import type {
  ClusterPreparation,
  ClusterStatus,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoresTranslate } from '../translation';
import type { DescriptionContext } from './describeStore';
import { formatAge } from './formatDuration';

/** What the banner says about the cluster. */
export interface ClusterNotice {
  status: 'info' | 'warning' | 'danger';
  title: string;
  /** The title without what changes as time passes, to be heard once. */
  announcement: string;
  /** The moment that the title counts from. */
  since?: string;
  description?: string;
  /** Shown with its parts. */
  preparation?: ClusterPreparation;
}

// The file is written every two seconds for as long as somebody works on the
// cluster, and read here every 15.
const interruptedAfterMilliseconds = 60_000;

/** How long something will take, as one speaks of an estimate. */
function describeEstimate(seconds: number, t: StoresTranslate): string {
  return seconds < 45
    ? t('common.cluster.leftLittle')
    : t('common.cluster.leftMinutes', {
        count: Math.max(1, Math.round(seconds / 60)),
      });
}

function describePreparation(
  preparation: ClusterPreparation,
  { now, t }: DescriptionContext,
): ClusterNotice | undefined {
  const { status, part, parts, remainingSeconds, updatedAt, error } =
    preparation;
  const progress =
    parts > 0
      ? t('common.cluster.progress', {
          part: String(part),
          parts: String(parts),
        })
      : t('common.cluster.beginning');
  if (status === 'ready') {
    return undefined;
  }
  if (status === 'failed') {
    return {
      status: 'danger',
      title: t('common.cluster.failed', { progress }),
      announcement: t('common.cluster.failed', { progress }),
      description: [
        error?.message,
        error?.remedy,
        t('common.cluster.log', { log: preparation.log }),
      ]
        .filter(Boolean)
        .join(' '),
      preparation,
    };
  }
  if (now - Date.parse(updatedAt) > interruptedAfterMilliseconds) {
    return {
      status: 'warning',
      title: t('common.cluster.interrupted', { progress }),
      announcement: t('common.cluster.interrupted', { progress }),
      description: t('common.cluster.still', {
        age: formatAge(updatedAt, now),
      }),
      preparation,
    };
  }
  return {
    status: 'info',
    title:
      remainingSeconds === undefined
        ? t('common.cluster.preparing', { progress })
        : t('common.cluster.preparingLeft', {
            progress,
            left: describeEstimate(remainingSeconds, t),
          }),
    announcement: t('common.cluster.preparing', { progress }),
    description: t('common.cluster.wait'),
    preparation,
  };
}

/** What there is to say about the cluster; `undefined` when all is well or nothing is known yet. */
export function describeCluster(
  cluster: ClusterStatus,
  context: DescriptionContext,
): ClusterNotice | undefined {
  const { now, t } = context;
  const preparing =
    cluster.preparation && describePreparation(cluster.preparation, context);
  if (preparing) {
    return preparing;
  }
  if (cluster.reachable === false) {
    return {
      status: 'warning',
      title: cluster.since
        ? t('common.cluster.awaySince', { age: formatAge(cluster.since, now) })
        : t('common.cluster.away'),
      announcement: t('common.cluster.away'),
      since: cluster.since,
      description: [
        cluster.message && asSentence(cluster.message),
        t('common.cluster.known'),
      ]
        .filter(Boolean)
        .join(' '),
    };
  }
  return undefined;
}

/** The cluster's own words end as they like. */
function asSentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
