import type {
  ClusterPreparation,
  ClusterStatus,
} from '@storeyard/backstage-plugin-stores-common';
import { formatAge, formatEstimate } from './formatDuration';

/** What the banner says about the cluster. */
export interface ClusterNotice {
  status: 'info' | 'warning' | 'danger';
  title: string;
  description?: string;
  /** Shown with its parts. */
  preparation?: ClusterPreparation;
}

// The file is written every two seconds for as long as somebody works on the cluster.
const interruptedAfterMilliseconds = 30_000;

function describePreparation(
  preparation: ClusterPreparation,
  now: number,
): ClusterNotice | undefined {
  const { status, part, parts, remainingSeconds, updatedAt, error } =
    preparation;
  const progress = parts > 0 ? `part ${part} of ${parts}` : 'at its beginning';
  if (status === 'ready') {
    return undefined;
  }
  if (status === 'failed') {
    return {
      status: 'danger',
      title: `The cluster could not be prepared: ${progress} failed`,
      description: [
        error?.message,
        error?.remedy,
        `The log is ${preparation.log}. npm start goes on where it was.`,
      ]
        .filter(Boolean)
        .join(' '),
      preparation,
    };
  }
  if (now - Date.parse(updatedAt) > interruptedAfterMilliseconds) {
    return {
      status: 'warning',
      title: `Preparing the cluster was interrupted: ${progress}`,
      description: `Nothing has moved for ${formatAge(
        updatedAt,
        now,
      )}. npm start goes on where it was.`,
      preparation,
    };
  }
  return {
    status: 'info',
    title: `Preparing the cluster: ${progress}${
      remainingSeconds === undefined
        ? ''
        : `, ${formatEstimate(remainingSeconds)} left`
    }`,
    description: 'Stores can be requested already; they wait for it.',
    preparation,
  };
}

/** What there is to say about the cluster; `undefined` when all is well or nothing is known yet. */
export function describeCluster(
  cluster: ClusterStatus,
  now: number,
): ClusterNotice | undefined {
  const preparing =
    cluster.preparation && describePreparation(cluster.preparation, now);
  if (preparing) {
    return preparing;
  }
  if (cluster.reachable === false) {
    return {
      status: 'warning',
      title: cluster.since
        ? `The cluster can't be worked with since ${formatAge(
            cluster.since,
            now,
          )}`
        : "The cluster can't be worked with",
      description: [cluster.message, 'What you see is what was last known.']
        .filter(Boolean)
        .join(' '),
    };
  }
  return undefined;
}
