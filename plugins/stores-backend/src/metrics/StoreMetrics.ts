import {
  isStoreReason,
  storeReasons,
  storeStates,
  type StoreEvent,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: from the few that a store takes to the fifteen minutes after which nobody waits any more. */
const provisioningBuckets = [
  1, 2, 3, 5, 7.5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900,
];

/** Seconds: a pass that finds nothing to do takes milliseconds, one that waits for Helm some seconds. */
const passBuckets = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

const passOutcomes = ['settled', 'waiting', 'error'] as const;

/** Options of {@link StoreMetrics.create}. */
export interface StoreMetricsOptions {
  /** How many stores there are in each state, asked at each scrape. */
  countByState(): Promise<Partial<Record<StoreState, number>>>;
}

/**
 * What the plugin measures, in a registry of its own so that the names are exactly these. Counters are of this process
 * and are told after the commit; `active_stores` comes from the database and is the same in every replica. No label
 * grows with the number of stores.
 */
export class StoreMetrics {
  static create(options: StoreMetricsOptions): StoreMetrics {
    return new StoreMetrics(options);
  }

  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly queues = new Map<string, () => Record<string, number>>();
  private readonly watches = new Map<string, () => number | undefined>();

  private readonly provisioningDuration = new Histogram({
    name: 'provisioning_duration_seconds',
    help: 'Time from the request for a store until it was READY for the first time',
    buckets: provisioningBuckets,
    registers: this.registers,
  });
  private readonly provisioningFailures = new Counter({
    name: 'provisioning_failures_total',
    help: 'Stores that became FAILED, by reason',
    labelNames: ['reason'] as const,
    registers: this.registers,
  });
  private readonly storesCreated = new Counter({
    name: 'stores_created_total',
    help: 'Stores that were requested',
    registers: this.registers,
  });
  private readonly passDuration = new Histogram({
    name: 'storeyard_reconcile_duration_seconds',
    help: 'Duration of passes over a store, by how they ended',
    labelNames: ['outcome'] as const,
    buckets: passBuckets,
    registers: this.registers,
  });
  private readonly driftRepairs = new Counter({
    name: 'storeyard_drift_repairs_total',
    help: 'Objects that were put back to what they should be',
    registers: this.registers,
  });
  private readonly renders = new Counter({
    name: 'storeyard_chart_renders_total',
    help: 'Generations that Helm has rendered',
    registers: this.registers,
  });
  private readonly takeovers = new Counter({
    name: 'storeyard_lease_takeovers_total',
    help: 'Leases taken over from a replica that had let them end',
    registers: this.registers,
  });

  private constructor(options: StoreMetricsOptions) {
    const { queues, watches } = this;
    for (const reason of Object.keys(storeReasons)) {
      this.provisioningFailures.inc({ reason }, 0);
    }
    for (const outcome of passOutcomes) {
      this.passDuration.zero({ outcome });
    }
    const activeStores = new Gauge({
      name: 'active_stores',
      help: 'Stores that are not DELETED, by state',
      labelNames: ['state'] as const,
      registers: [],
      async collect() {
        const counts = await options.countByState();
        for (const state of storeStates) {
          if (state !== 'DELETED') this.set({ state }, counts[state] ?? 0);
        }
      },
    });
    const queueDepth = new Gauge({
      name: 'storeyard_queue_depth',
      help: 'Stores that wait in a queue of this process',
      labelNames: ['queue', 'priority'] as const,
      registers: [],
      collect() {
        for (const [queue, read] of queues) {
          for (const [priority, depth] of Object.entries(read())) {
            this.set({ queue, priority }, depth);
          }
        }
      },
    });
    const watchAge = new Gauge({
      name: 'storeyard_watch_age_seconds',
      help: 'Time since a watch of the cluster was last heard of, by kind',
      labelNames: ['kind'] as const,
      registers: [],
      collect() {
        this.reset();
        for (const [kind, read] of watches) {
          const age = read();
          if (age !== undefined) this.set({ kind }, age);
        }
      },
    });
    for (const gauge of [activeStores, queueDepth, watchAge]) {
      this.registry.registerMetric<string>(gauge);
    }
  }

  /** The content type of {@link StoreMetrics.text}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in Prometheus' text format. */
  async text(): Promise<string> {
    return this.registry.metrics();
  }

  /** The names of all metrics. */
  names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  /** Counts what this process has committed. */
  committed(events: readonly StoreEvent[]): void {
    for (const { type, details } of events) {
      if (type === 'requested') {
        this.storesCreated.inc();
      } else if (type === 'rendered') {
        this.renders.inc();
      } else if (type === 'failed') {
        const reason = details?.reason;
        this.provisioningFailures.inc({
          reason: isStoreReason(reason) ? reason : 'Unknown',
        });
      } else if (type === 'ready') {
        const seconds = details?.sinceRequestSeconds;
        if (typeof seconds === 'number') {
          this.provisioningDuration.observe(seconds);
        }
      }
    }
  }

  reconciled(pass: {
    outcome: (typeof passOutcomes)[number];
    seconds: number;
  }): void {
    this.passDuration.observe({ outcome: pass.outcome }, pass.seconds);
  }

  repaired(count: number): void {
    this.driftRepairs.inc(count);
  }

  leaseTakenOver(): void {
    this.takeovers.inc();
  }

  queueDepth(queue: string, read: () => Record<string, number>): void {
    this.queues.set(queue, read);
  }

  watchAge(kind: string, read: () => number | undefined): void {
    this.watches.set(kind, read);
  }
}
