import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventLog } from '../database/EventLog';
import type { StoreRepository } from '../database/StoreRepository';
import type { EngineRegistry } from '../engines';
import { ReleaseRecorder, ReleaseRemover } from '../helm';
import type { LoopTools } from './createLoopTools';
import { createReconciler } from './createReconciler';
import { isBootingTime } from './isBootingTime';
import { SharedWork, type StoreLeases } from './leases';
import { type LoopMetrics, noMetrics } from './LoopMetrics';
import type { OrchestratorConfig } from './OrchestratorConfig';
import { ReleaseRecording } from './ReleaseRecording';
import { factsObject } from './steps/FactsSteps';
import { StoreDrift } from './StoreDrift';
import { createStoreQueue } from './StoreQueue';
import type { StoreStep } from './StoreStep';
import { StoreVisits } from './StoreVisits';
import { Sweeper } from './Sweeper';
import type { WorkQueue } from './WorkQueue';

const CONCURRENT_STORES = 8;
/** How soon a release record is tried again that waits for stores to boot. */
const RECORD_AFTER_BOOTS_MS = 2_000;

export interface StoreLoopOptions {
  tools: LoopTools;
  repository: StoreRepository;
  events: EventLog;
  engines: EngineRegistry;
  config: OrchestratorConfig;
  /** Whose stores are worked on here; started and stopped with the loop. */
  leases: StoreLeases;
  logger: LoggerService;
  /** Told of the loop's work; nobody unless given. */
  metrics?: LoopMetrics;
  /** Ends what runs, between two steps. */
  signal: AbortSignal;
  /** Told before each step of a store. */
  onStep?(storeId: string, step: StoreStep): void;
}

/** The queues of stores, what fills them, and what works on them. */
export class StoreLoop {
  static create(options: StoreLoopOptions): StoreLoop {
    return new StoreLoop(options);
  }

  private readonly queue: WorkQueue;
  private readonly records: WorkQueue;
  private readonly recording: ReleaseRecording;
  private readonly shared: SharedWork;
  private readonly sweeper: Sweeper;
  private readonly visits: StoreVisits;

  private constructor(private readonly options: StoreLoopOptions) {
    const { config, engines, events, leases, logger, repository, signal } =
      options;
    const { metrics = noMetrics, tools } = options;
    const { client, derived, gate, watches } = tools;
    const drift = StoreDrift.create({
      client,
      watches,
      repository,
      account: config.platform,
    });
    this.recording = ReleaseRecording.create({
      ...tools,
      repository,
      events,
      recorder: ReleaseRecorder.create(tools),
      drift,
      logger,
      signal,
    });
    const reconciler = createReconciler({
      ...tools,
      config,
      repository,
      engines,
      drift,
      remover: ReleaseRemover.create(tools),
      nodes: () => tools.capacity.nodes(),
      metrics,
      logger,
      signal,
      cancelRecording: storeId => this.recording.cancel(storeId),
      endOutdatedRecording: record => this.recording.endOutdated(record),
      onRepaired: storeId => this.sweeper.soon(storeId),
      onSettled: storeId => this.records.add(storeId),
      onBootable: storeId => this.enqueue(storeId),
      onStep: options.onStep,
    });
    this.queue = createStoreQueue({
      name: 'reconcile',
      concurrency: CONCURRENT_STORES,
      leases,
      logger,
      metrics,
      signal,
      hasOther: storeId => this.records.has(storeId),
      work: (storeId, lease) => reconciler.reconcile(storeId, lease),
    });
    this.records = createStoreQueue({
      name: 'release record',
      concurrency: 1,
      leases,
      logger,
      signal,
      hasOther: storeId => this.queue.has(storeId),
      work: async (storeId, lease) =>
        (await isBootingTime(repository, storeId))
          ? { againInMs: RECORD_AFTER_BOOTS_MS }
          : await this.recording.record(storeId, lease),
    });
    this.shared = SharedWork.create({
      leases,
      repository,
      events,
      queue: this.queue,
      logger,
    });
    this.sweeper = Sweeper.create({
      client,
      repository,
      engines,
      derived,
      drift,
      gate,
      leases,
      logger,
      facts: factsObject,
      onDrift: storeId => this.queue.add(storeId, { priority: 'drift' }),
      onRecordWrong: (storeId, why) => {
        this.recording.renew(storeId, why);
        this.records.add(storeId);
      },
    });
    this.visits = StoreVisits.create({
      repository,
      leases,
      watches,
      gate,
      resyncSeconds: config.resyncSeconds,
      logger,
      signal,
      visit: storeId => this.queue.add(storeId),
    });
    this.measure(metrics);
  }

  /** Visits every store that is not DELETED, now and regularly. */
  async start(): Promise<void> {
    await this.options.leases.start();
    await this.shared.start();
    this.sweeper.start();
    await this.visits.start();
  }

  /** Returns when nothing of it runs any more; the signal is to be aborted before. */
  async stop(): Promise<void> {
    this.visits.stop();
    await Promise.all([
      this.queue.stop(),
      this.records.stop(),
      this.shared.stop(),
      this.options.tools.watches.stop(),
      this.sweeper.stop(),
    ]);
    await this.options.leases.stop();
  }

  /** A person asked for something. */
  enqueue(storeId: string): void {
    this.queue.add(storeId, { priority: 'request' });
  }

  /** Something of the store changed in the cluster. */
  noteChange(storeId: string): void {
    if (!this.options.leases.holds(storeId)) return;
    this.queue.add(storeId, { priority: 'drift' });
  }

  /** All stores can be judged now. */
  visitSoon(): void {
    this.visits.soon();
  }

  private measure(metrics: LoopMetrics): void {
    this.options.leases.onTakeOver(() => metrics.leaseTakenOver());
    metrics.queueDepth('reconcile', () => this.queue.depth());
    metrics.queueDepth('release-record', () => this.records.depth());
    for (const { kind, seconds } of this.options.tools.watches.ages) {
      metrics.watchAge(kind, seconds);
    }
  }
}
