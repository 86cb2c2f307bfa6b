import type {
  StoreEvent,
  StoreEventType,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';
import { buildEvent } from '../../src/__testUtils__/stores';

function story(
  ...lines: Array<[StoreEventType, number, string, StoreEvent['details']?]>
): StoreEvent[] {
  const begin = Date.now() - 4 * 3_600_000;
  return lines.map(([type, seconds, message, details], index) =>
    buildEvent({
      sequence: index + 1,
      type,
      message,
      details,
      time: new Date(begin + seconds * 1_000).toISOString(),
      actor: index === 0 ? 'user:default/guest' : undefined,
    }),
  );
}

/** What happens to a store that is made, lives and is repaired. */
export function readyStory(): StoreEvent[] {
  return story(
    ['requested', 0, 'Asked for Demo Shop on plan small'],
    ['provisioning-started', 0.1, 'Begun'],
    ['rendered', 0.3, 'Rendered 14 objects'],
    ['namespace-created', 0.5, 'Namespace store-demo-shop-ab12c is there'],
    ['secrets-applied', 0.9, 'Secrets are there'],
    ['applied', 1.6, 'Applied 14 objects'],
    ['database-ready', 3.9, 'The database is ready'],
    ['backend-ready', 7.8, 'The shop is ready'],
    ['ready', 8.3, 'Ready after 8.3 s', { sinceRequestSeconds: 8.3 }],
    ['release-recorded', 11, 'Helm has recorded the release'],
    [
      'drift-found',
      3_600,
      'Deployment medusa-api was changed by kubectl-edit',
      {
        object: 'Deployment/medusa-api',
        manager: 'kubectl-edit',
        path: 'spec.replicas',
      },
    ],
    ['repaired', 3_601, 'Put Deployment medusa-api back'],
    ['degraded', 9_000, 'The shop does not answer'],
    ['recovered', 9_004, 'The shop answers again'],
  );
}

/** What happens to a store whose image is not there. */
export function failedStory(): StoreEvent[] {
  const pull = { reason: 'ErrImagePull', object: 'Pod/medusa-api-6d8f' };
  return story(
    ['requested', 0, 'Asked for Broken on plan large'],
    ['provisioning-started', 0.1, 'Begun'],
    ['namespace-created', 0.5, 'Namespace store-broken-x1y2z is there'],
    ['applied', 1.6, 'Applied 14 objects'],
    [
      'attempt-failed',
      20,
      'Attempt 1 failed: the image could not be pulled',
      pull,
    ],
    ['retry-scheduled', 20, 'Attempt 2 follows in 10 s'],
    [
      'attempt-failed',
      31,
      'Attempt 2 failed: the image could not be pulled',
      pull,
    ],
    ['retry-scheduled', 31, 'Attempt 3 follows in 20 s'],
    [
      'attempt-failed',
      52,
      'Attempt 3 failed: the image could not be pulled',
      pull,
    ],
    ['failed', 53, 'Gave up: manifest unknown', { reason: 'ImagePullFailed' }],
  );
}

/** A shop and its database, with some of the quota used. */
export function resources(): StoreResources {
  const workload = (kind: 'Deployment' | 'StatefulSet', name: string) => ({
    kind,
    name,
    desired: 1,
    ready: 1,
    pods: [
      {
        name: `${name}-0`,
        phase: 'Running',
        ready: true,
        restarts: kind === 'Deployment' ? 2 : 0,
        containers: [
          {
            name,
            init: false,
            restarts: kind === 'Deployment' ? 2 : 0,
            previous:
              kind === 'Deployment'
                ? { reason: 'OOMKilled', endedAt: new Date().toISOString() }
                : undefined,
          },
        ],
      },
    ],
  });
  return {
    workloads: [
      workload('Deployment', 'medusa-api'),
      workload('StatefulSet', 'postgres'),
    ],
    volumes: [
      {
        name: 'data-postgres-0',
        phase: 'Bound',
        requested: '1Gi',
        capacity: '1Gi',
        deleting: false,
      },
    ],
    quota: [
      { resource: 'requests.cpu', used: '200m', hard: '1' },
      { resource: 'requests.memory', used: '640Mi', hard: '1Gi' },
      { resource: 'pods', used: '9', hard: '10' },
    ],
  };
}
