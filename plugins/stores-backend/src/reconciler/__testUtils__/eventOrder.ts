/** The events of a store's making, in their order. */
export const CREATION = [
  'requested',
  'provisioning-started',
  'rendered',
  'namespace-created',
  'secrets-applied',
  'applied',
  'database-ready',
  'backend-ready',
  'ready',
  'release-recorded',
];

/** The events of a store's end, in their order. */
export const DELETION = [
  'deletion-requested',
  'release-removed',
  'workloads-deleted',
  'namespace-deleting',
  'deleted',
];

/** Database and server become ready in any order. */
export function inUsualOrder(events: string[]): string[] {
  const first = events.indexOf('backend-ready');
  return events[first + 1] === 'database-ready'
    ? events.toSpliced(first, 2, 'database-ready', 'backend-ready')
    : events;
}
