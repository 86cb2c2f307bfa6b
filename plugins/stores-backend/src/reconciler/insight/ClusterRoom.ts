import type { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Capacity } from '@storeyard/backstage-plugin-stores-common';
import {
  podRequests,
  type ClusterCapacity,
  type KubernetesObject,
  type RequestingSpec,
} from '../../cluster';
import type { StoreRepository } from '../../database/StoreRepository';
import type { EngineRegistry } from '../../engines';
import type { ChartRenderer, StoreChart } from '../../helm';
import type { ClusterGate } from '../ClusterGate';
import type { StoreDesign } from '../StoreDesign';
import {
  countFitting,
  findLacking,
  sumNeeds,
  type PodNeeds,
} from './placePods';

/** Options of {@link ClusterRoom.create}. */
export interface ClusterRoomOptions {
  capacity: ClusterCapacity;
  chart: StoreChart;
  design: StoreDesign;
  engines: EngineRegistry;
  gate: ClusterGate;
  logger: LoggerService;
  plans: ReadonlyMap<string, JsonObject>;
  renderer: ChartRenderer;
  repository: Pick<StoreRepository, 'list'>;
}

/** More than these have long taken all the room that there is. */
const MOST_WAITING = 500;

/** A store that nobody has, to render what one of its size would be made of. */
const sample = {
  id: 'sample-aaaaa',
  name: 'Sample',
  owner: 'group:default/sample',
  generation: 1,
};

/** Tells whether more stores find room in the cluster. */
export class ClusterRoom {
  static create(options: ClusterRoomOptions): ClusterRoom {
    return new ClusterRoom(options);
  }

  private readonly needs = new Map<string, Promise<PodNeeds[]>>();

  private constructor(private readonly options: ClusterRoomOptions) {}

  /** @throws ServiceUnavailableError while the nodes aren't known */
  async capacity(): Promise<Capacity> {
    const { capacity, engines, plans } = this.options;
    const nodes = capacity.nodes();
    if (nodes === undefined) {
      throw new ServiceUnavailableError(
        "What the cluster has room for isn't known yet: it has not told of its nodes",
      );
    }
    const promised = await this.promised();
    return {
      nodes,
      plans: await Promise.all(
        [...plans.keys()].map(async plan => {
          const sizes = await Promise.all(
            engines.names().map(engine => this.needsOf(engine, plan)),
          );
          // Of several kinds of shops the one that fits the least often.
          const [scarcest] = sizes
            .map(pods => ({
              needs: sumNeeds(pods),
              fits: countFitting(nodes, pods, promised),
            }))
            .sort((left, right) => left.fits - right.fits);
          return {
            plan,
            needs: scarcest?.needs ?? sumNeeds([]),
            fits: scarcest?.fits ?? 0,
          };
        }),
      ),
    };
  }

  /** What the cluster lacks to run one more such store; undefined when it has room, or that isn't known. */
  async lacking(size: {
    engine: string;
    plan: string;
  }): Promise<string | undefined> {
    const { capacity, gate, logger } = this.options;
    const nodes = gate.status().reachable ? capacity.nodes() : undefined;
    if (nodes === undefined) {
      return undefined;
    }
    try {
      return findLacking(
        nodes,
        await this.needsOf(size.engine, size.plan),
        await this.promised(),
      );
    } catch (error) {
      logger.warn(
        'Whether a store fits the cluster could not be computed, so that it is taken',
        new ForwardedError(`plan '${size.plan}'`, error),
      );
      return undefined;
    }
  }

  /** What stores will ask for that were taken and have no pods yet: no node counts them. */
  private async promised(): Promise<PodNeeds[]> {
    const { items } = await this.options.repository.list({
      states: ['REQUESTED', 'PROVISIONING'],
      order: 'createdAt',
      limit: MOST_WAITING,
    });
    const waiting = items.filter(
      ({ observedGeneration }) => observedGeneration === 0,
    );
    const needs = await Promise.all(
      waiting.map(({ engine, plan }) => this.needsOf(engine, plan)),
    );
    return needs.flat();
  }

  /** Rendered once a size; a failure is not kept. */
  private async needsOf(engine: string, plan: string): Promise<PodNeeds[]> {
    const key = `${engine}/${plan}`;
    const known = this.needs.get(key);
    if (known !== undefined) {
      return known;
    }
    const rendering = this.render(engine, plan);
    this.needs.set(key, rendering);
    rendering.catch(() => this.needs.delete(key));
    return rendering;
  }

  private async render(engine: string, plan: string): Promise<PodNeeds[]> {
    const { chart, design, engines, gate, renderer } = this.options;
    const { capabilities, installation } = await gate.open();
    const objects = await renderer.render({
      chart: chart.path,
      release: sample.id,
      namespace: `store-${sample.id}`,
      values: await design.values({
        record: {
          ...sample,
          engine,
          plan,
          parameters: engines.get(engine).parseParameters({}),
        },
        installationId: installation.id,
      }),
      isUpgrade: false,
      capabilities,
    });
    return objects.flatMap(podsOf);
  }
}

function podsOf(object: KubernetesObject): PodNeeds[] {
  if (!['Deployment', 'StatefulSet'].includes(object.kind)) {
    return [];
  }
  const { replicas = 1, template } = (object.spec ?? {}) as {
    replicas?: number;
    template?: { spec?: RequestingSpec };
  };
  return Array.from({ length: replicas }, () => ({
    workload: object.metadata.name,
    amount: podRequests(template?.spec),
  }));
}
