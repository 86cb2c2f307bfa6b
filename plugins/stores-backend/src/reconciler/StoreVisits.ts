import type { LoggerService } from '@backstage/backend-plugin-api';
import { STORE_ID_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type { ClusterWatches, KubernetesObject } from '../cluster';
import type { StoreRepository } from '../database/StoreRepository';
import type { ClusterGate } from './ClusterGate';
import type { StoreLeases } from './leases';

const ASK_FOR_CLUSTER_MS = 2_000;

export interface StoreVisitsOptions {
  repository: Pick<StoreRepository, 'listUnfinished'>;
  leases: Pick<StoreLeases, 'holds' | 'listFree' | 'prefers'>;
  watches: Pick<ClusterWatches, 'listAll'>;
  gate: Pick<ClusterGate, 'open' | 'status'>;
  /** How often every store is visited, in seconds. */
  resyncSeconds: number;
  logger: LoggerService;
  /** Ends the visits. */
  signal: AbortSignal;
  /** Has a store worked on. */
  visit(storeId: string): void;
}

/** Has every store visited that is ours or may become it: regularly, and all at once when the cluster answers again. */
export class StoreVisits {
  static create(options: StoreVisitsOptions): StoreVisits {
    return new StoreVisits(options);
  }

  private readonly timers: NodeJS.Timeout[] = [];

  private constructor(private readonly options: StoreVisitsOptions) {}

  /** Begins with a visit of all. */
  async start(): Promise<void> {
    this.repeat(ASK_FOR_CLUSTER_MS, () => this.askForCluster());
    this.repeat(this.options.resyncSeconds * 1000, () => this.visitAll());
    await this.visitAll();
  }

  stop(): void {
    this.timers.forEach(clearInterval);
  }

  /** Visits all without waiting for the regular time. */
  soon(): void {
    this.visitAll().catch(error =>
      this.report(
        'The visit of all stores failed and comes again with the next regular one',
        error,
      ),
    );
  }

  private async visitAll(): Promise<void> {
    const { leases, repository, visit } = this.options;
    const free = new Set(await leases.listFree());
    const unfinished = await repository.listUnfinished();
    for (const storeId of unfinished) {
      if (
        leases.holds(storeId) ||
        (free.has(storeId) && leases.prefers(storeId))
      ) {
        visit(storeId);
      }
    }
    this.visitReappeared(new Set(unfinished));
  }

  /** Namespaces of stores that are DELETED: something brought them back. */
  private visitReappeared(unfinished: ReadonlySet<string>): void {
    const { leases, visit, watches } = this.options;
    const namespaces =
      watches.listAll<KubernetesObject>({
        apiVersion: 'v1',
        kind: 'Namespace',
      }) ?? [];
    for (const { metadata } of namespaces) {
      const storeId = metadata.labels?.[STORE_ID_ANNOTATION];
      if (
        storeId !== undefined &&
        !unfinished.has(storeId) &&
        leases.prefers(storeId)
      ) {
        visit(storeId);
      }
    }
  }

  /** The status is known without any store, and stores that wait go on as soon as the cluster answers. */
  private async askForCluster(): Promise<void> {
    const { gate, signal } = this.options;
    if (gate.status().reachable) return;
    try {
      await gate.open(signal);
    } catch {
      // The gate keeps what it was refused for, and its log line has been written.
      return;
    }
    await this.visitAll();
  }

  private repeat(everyMs: number, work: () => Promise<void>): void {
    const timer = setInterval(() => {
      work().catch(error =>
        this.report(
          `The regular visit failed and is repeated in ${everyMs} ms`,
          error,
        ),
      );
    }, everyMs);
    timer.unref();
    this.timers.push(timer);
  }

  private report(message: string, error: Error): void {
    if (this.options.signal.aborted) return;
    this.options.logger.error(message, error);
  }
}
