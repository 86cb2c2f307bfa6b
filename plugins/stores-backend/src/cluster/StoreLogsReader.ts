import { NotFoundError } from '@backstage/errors';
import type { StoreLogs } from '@storeyard/backstage-plugin-stores-common';
import type { ClusterClient } from './ClusterClient';
import { ClusterApiError } from './ClusterError';
import { podContainers } from './podContainers';
import type { StoreReader } from './StoreReader';
import { selects } from './StoreResourcesReader';
import type { PodObject, WorkloadObject } from './types';

export interface ReadStoreLogsOptions {
  workload: string;
  /** The workload's own unless given. */
  container?: string;
  /** The lines of the container that ran before the present one. */
  previous: boolean;
  /** How many of the last lines. */
  tail: number;
}

/** Reads the log of a workload's newest pod. What is secret in it is for the caller to mask. */
export class StoreLogsReader {
  static create(options: {
    client: ClusterClient;
    reader: StoreReader;
  }): StoreLogsReader {
    return new StoreLogsReader(options.client, options.reader);
  }

  private constructor(
    private readonly client: ClusterClient,
    private readonly reader: StoreReader,
  ) {}

  /** @throws NotFoundError when there is no such workload, pod, container, or none that ran before */
  async read(
    namespace: string,
    options: ReadStoreLogsOptions,
  ): Promise<StoreLogs> {
    const { previous, tail } = options;
    const pod = await this.newestPod(namespace, options.workload);
    const container = findContainer(pod, options);
    const where = { namespace, pod: pod.metadata.name, container };
    try {
      const text = await this.client.logTail({
        ...where,
        lines: tail,
        previous,
      });
      const lines = text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      return {
        workload: options.workload,
        pod: where.pod,
        container,
        previous,
        lines,
      };
    } catch (error) {
      // A container that has not started (again) has no log: the server calls that a bad request.
      if (error instanceof ClusterApiError && error.status === 400) {
        throw new NotFoundError(
          `Container '${container}' of pod '${where.pod}' has no ${
            previous ? 'earlier ' : ''
          }log: ${error.words}`,
        );
      }
      throw error;
    }
  }

  private async newestPod(namespace: string, name: string): Promise<PodObject> {
    const [deployments, statefulSets, pods] = await Promise.all([
      this.reader.list<WorkloadObject>({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace,
      }),
      this.reader.list<WorkloadObject>({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        namespace,
      }),
      this.reader.list<PodObject>({
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
      }),
    ]);
    const workloads = [...statefulSets, ...deployments];
    const workload = workloads.find(({ metadata }) => metadata.name === name);
    if (!workload) {
      const known = workloads.map(({ metadata }) => metadata.name);
      throw new NotFoundError(
        `No workload '${name}' in namespace '${namespace}', expected one of '${known.join(
          "', '",
        )}'`,
      );
    }
    const [newest] = pods
      .filter(pod => selects(workload, pod))
      .sort((left, right) => createdAt(right).localeCompare(createdAt(left)));
    if (!newest) {
      throw new NotFoundError(
        `Workload '${name}' in namespace '${namespace}' has no pod`,
      );
    }
    return newest;
  }
}

function createdAt({ metadata }: PodObject): string {
  return metadata.creationTimestamp ?? '';
}

/** The first container is the workload's own, sidecars come after it. */
function findContainer(
  pod: PodObject,
  { container, workload }: ReadStoreLogsOptions,
): string {
  const names = podContainers(pod).map(({ name }) => name);
  const wanted = container ?? names[0];
  if (wanted === undefined || !names.includes(wanted)) {
    throw new NotFoundError(
      `Pod '${pod.metadata.name}' of workload '${workload}' has no container${
        wanted ? ` '${wanted}', expected one of '${names.join("', '")}'` : ''
      }`,
    );
  }
  return wanted;
}
