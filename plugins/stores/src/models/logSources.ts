import type {
  StoreContainer,
  StoreResources,
} from '@storeyard/backstage-plugin-stores-common';

/** Something of a store that writes a log. */
export interface LogSource {
  key: string;
  workload: string;
  /** Where the workload has several. */
  container?: string;
  /** Whether there is a log of the container before; undefined when that is not known. */
  hasCrashed?: boolean;
  /** How the container before ended, where that is known. */
  previous?: StoreContainer['previous'];
}

type Workload = StoreResources['workloads'][number];

function containersOf({ pods }: Workload): StoreContainer[] {
  const containers = new Map<string, StoreContainer>();
  for (const container of pods.flatMap(pod => pod.containers ?? [])) {
    const known = containers.get(container.name);
    if (!known || (container.previous && !known.previous)) {
      containers.set(container.name, container);
    }
  }
  return [...containers.values()];
}

function sourcesOf(workload: Workload): LogSource[] {
  const { name, pods } = workload;
  const containers = containersOf(workload);
  if (containers.length === 0) {
    return [
      {
        key: name,
        workload: name,
        hasCrashed: pods.some(({ restarts }) => restarts > 0),
      },
    ];
  }
  return containers.map(container => ({
    key: containers.length > 1 ? `${name}/${container.name}` : name,
    workload: name,
    ...(containers.length > 1 && { container: container.name }),
    hasCrashed: container.previous !== undefined,
    ...(container.previous && { previous: container.previous }),
  }));
}

/** What of a store writes logs; the shop alone before the cluster has said what there is. */
export function logSources(resources: StoreResources | undefined): LogSource[] {
  const sources = (resources?.workloads ?? []).flatMap(sourcesOf);
  return sources.length > 0
    ? sources
    : [{ key: 'medusa-api', workload: 'medusa-api' }];
}
