import type { StoreContainer } from '@storeyard/backstage-plugin-stores-common';
import type { ContainerStatus, PodObject } from './types';

interface ContainersSpec {
  containers?: { name: string }[];
  initContainers?: { name: string }[];
}

/** The containers of a pod that have logs: the workload's own first, then sidecars, then those that run before them. */
export function podContainers({ spec, status }: PodObject): StoreContainer[] {
  const { containers = [], initContainers = [] } = (spec ??
    {}) as ContainersSpec;
  return [
    ...containers.map(({ name }) =>
      toContainer(name, false, status?.containerStatuses),
    ),
    ...initContainers.map(({ name }) =>
      toContainer(name, true, status?.initContainerStatuses),
    ),
  ];
}

function toContainer(
  name: string,
  init: boolean,
  statuses: ContainerStatus[] = [],
): StoreContainer {
  const status = statuses.find(each => each.name === name);
  const ended = status?.lastState?.terminated;
  return {
    name,
    init,
    restarts: status?.restartCount ?? 0,
    ...(ended && {
      previous: {
        reason: ended.reason ?? `exit code ${ended.exitCode ?? 'unknown'}`,
        ...(ended.finishedAt && { endedAt: ended.finishedAt }),
      },
    }),
  };
}
