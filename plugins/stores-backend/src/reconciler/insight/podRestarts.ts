import type { PlatformReplica } from '@storeyard/backstage-plugin-stores-common';
import type { PodObject } from '../../cluster';

/** How often a pod's containers were started again, and why the last of them ended before. */
export type PodRestarts = Pick<PlatformReplica, 'restarts' | 'lastRestart'>;

export function podRestarts({ status }: PodObject): PodRestarts {
  const containers = status?.containerStatuses ?? [];
  const ends = containers
    .flatMap(({ lastState }) => lastState?.terminated ?? [])
    .sort((left, right) =>
      (right.finishedAt ?? '').localeCompare(left.finishedAt ?? ''),
    );
  const restarts = containers.reduce(
    (sum, { restartCount = 0 }) => sum + restartCount,
    0,
  );
  const [latest] = ends;
  return latest === undefined
    ? { restarts }
    : {
        restarts,
        lastRestart: {
          at: latest.finishedAt,
          reason: latest.reason ?? `exit code ${latest.exitCode ?? 'unknown'}`,
        },
      };
}
