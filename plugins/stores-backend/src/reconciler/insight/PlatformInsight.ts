import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterReachability,
  PlatformHealth,
} from '@storeyard/backstage-plugin-stores-common';
import type { ClusterClient, PodObject } from '../../cluster';
import type { StoreLeases } from '../leases';
import { podRestarts, type PodRestarts } from './podRestarts';

/** Options of {@link PlatformInsight.create}. */
export interface PlatformInsightOptions {
  client: Pick<ClusterClient, 'list'>;
  gate: { status(): ClusterReachability };
  leases: Pick<StoreLeases, 'listFree' | 'listReplicas'>;
  logger: LoggerService;
  /** Where the replicas' pods are, when they run in the cluster. */
  namespace: string;
}

/** Tells how the platform itself is: its replicas out of the database, how they fared out of the cluster. */
export class PlatformInsight {
  static create(options: PlatformInsightOptions): PlatformInsight {
    return new PlatformInsight(options);
  }

  private constructor(private readonly options: PlatformInsightOptions) {}

  async health(): Promise<PlatformHealth> {
    const { gate, leases } = this.options;
    const [replicas, free, restarts] = await Promise.all([
      leases.listReplicas(),
      leases.listFree(),
      this.restartsByPod(),
    ]);
    return {
      replicas: replicas.map(
        ({ heldStores, holder, host, startedAt, version }) => ({
          id: holder,
          host,
          version,
          startedAt: startedAt.toISOString(),
          heldStores,
          // A pod's host has the pod's name.
          ...restarts.get(host),
        }),
      ),
      unheldStores: free.length,
      cluster: gate.status(),
    };
  }

  /** Nothing while the cluster can't be asked: what the database tells is worth showing then, too. */
  private async restartsByPod(): Promise<Map<string, PodRestarts>> {
    const { client, gate, logger, namespace } = this.options;
    if (!gate.status().reachable) {
      return new Map();
    }
    try {
      const pods = await client.list<PodObject>({
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
      });
      return new Map(
        pods.map(pod => [pod.metadata.name, podRestarts(pod)] as const),
      );
    } catch (error) {
      logger.warn(
        `how often the platform's pods in '${namespace}' restarted isn't known: ${error}`,
      );
      return new Map();
    }
  }
}
