import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type Capacity,
  type ClusterReachability,
  type PlatformHealth,
  type StoreCredentials,
  type StoreLogs,
  type StoreResources,
  type StoreUrls,
} from '@storeyard/backstage-plugin-stores-common';
import {
  ClusterCapacity,
  ClusterClient,
  ClusterConnection,
  ClusterWatches,
  OwnWrites,
  ShopProbe,
  StoreLogsReader,
  StoreReader,
  StoreResourcesReader,
} from '../cluster';
import type { EventLog } from '../database/EventLog';
import type { InstallationRepository } from '../database/InstallationRepository';
import type { StoreRecord, StoreRepository } from '../database/StoreRepository';
import { DerivedSecrets, type EngineRegistry } from '../engines';
import {
  ChartRenderer,
  HelmCommand,
  ReleaseRecorder,
  ReleaseRemover,
  StoreChart,
} from '../helm';
import { ClusterGate } from './ClusterGate';
import { createReconciler } from './createReconciler';
import { measurePasses, noMetrics, type LoopMetrics } from './LoopMetrics';
import {
  LeaseLostError,
  SharedWork,
  type StoreLease,
  type StoreLeases,
} from './leases';
import { DriftTruce } from './DriftTruce';
import {
  ClusterRoom,
  PlatformInsight,
  StoreInsight,
  type StoreLogsQuery,
} from './insight';
import type { OrchestratorConfig } from './OrchestratorConfig';
import { ReleaseRecording } from './ReleaseRecording';
import { StoreDesign } from './StoreDesign';
import { StoreDrift } from './StoreDrift';
import type { StoreStep } from './StoreStep';
import { isBootingTime } from './isBootingTime';
import { StoreVisits } from './StoreVisits';
import { UpgradeCheck } from './UpgradeCheck';
import { Sweeper } from './Sweeper';
import { factsObject } from './steps/FactsSteps';
import { WorkQueue } from './WorkQueue';

const CONCURRENT_STORES = 8;
/** How soon a release record is tried again that waits for stores to boot. */
const RECORD_AFTER_BOOTS_MS = 2_000;
const PROBE_TIMEOUT_MS = 5_000;
const AFTER_LOST_LEASE_MS = 250;
const BACKOFF = { initialMs: 500, maximumMs: 15_000 };

export interface OrchestratorOptions {
  repository: StoreRepository;
  events: EventLog;
  installation: InstallationRepository;
  engines: EngineRegistry;
  config: OrchestratorConfig;
  /** Whose stores are worked on here; started and stopped with the loop. */
  leases: StoreLeases;
  logger: LoggerService;
  /** Told of the loop's work; nobody unless given. */
  metrics?: LoopMetrics;
  /** Told before each step of a store. */
  onStep?(storeId: string, step: StoreStep): void;
}

/** Works on all stores until it is stopped: after a request, on the regular visit, and after whatever ended it before. */
export class Orchestrator {
  static create(options: OrchestratorOptions): Orchestrator {
    return new Orchestrator(options);
  }

  private readonly stopping = new AbortController();
  private readonly helm: HelmCommand;
  private readonly gate: ClusterGate;
  private readonly probe: ShopProbe;
  private readonly design: StoreDesign;
  private readonly queue: WorkQueue;
  private readonly records: WorkQueue;
  private readonly shared: SharedWork;
  private readonly watches: ClusterWatches;
  private readonly sweeper: Sweeper;
  private readonly insight: StoreInsight;
  private readonly platform: PlatformInsight;
  private readonly room: ClusterRoom;
  private readonly capacityOfNodes: ClusterCapacity;
  private readonly upgrades: UpgradeCheck;
  private readonly visits: StoreVisits;

  private constructor(private readonly options: OrchestratorOptions) {
    const { config, engines, events, installation, logger, repository } =
      options;
    const { metrics = noMetrics } = options;
    const { signal } = this.stopping;
    const writes = OwnWrites.create();
    const client = ClusterClient.create({
      connection: ClusterConnection.create(config),
      onWritten: answer => {
        if (this.watches.watches(answer)) writes.note(answer);
      },
    });
    this.watches = ClusterWatches.create({
      client,
      writes,
      logger,
      onStoreChanged: storeId => {
        if (!options.leases.holds(storeId)) return;
        this.queue.add(storeId, { priority: 'drift' });
      },
      onSynced: () => this.visits.soon(),
    });
    const { watches } = this;
    const truce = DriftTruce.create();
    const drift = StoreDrift.create({
      client,
      watches,
      repository,
      truce,
      account: config.platform,
    });
    const derived = DerivedSecrets.create(config);
    const chart = StoreChart.create(config.chart);
    const design = StoreDesign.create({ chart, engines, plans: config.plans });
    this.design = design;
    this.gate = ClusterGate.create({
      client,
      installation,
      logger,
      onOpen: cluster => watches.start(cluster.installation.id),
    });
    this.helm = HelmCommand.create({
      command: config.helmCommand,
      kubeconfig: config.kubeconfig,
    });
    this.probe = ShopProbe.create({
      address: config.probeAddress,
      timeoutMs: PROBE_TIMEOUT_MS,
    });
    const renderer = ChartRenderer.create({ helm: this.helm });
    const reader = StoreReader.create({ client, watches });
    this.insight = StoreInsight.create({
      derived,
      design,
      engines,
      logs: StoreLogsReader.create({ client, reader }),
      repository,
      resources: StoreResourcesReader.create({ reader }),
    });
    this.platform = PlatformInsight.create({
      client,
      gate: this.gate,
      leases: options.leases,
      logger,
      namespace: config.platform.namespace,
    });
    this.capacityOfNodes = ClusterCapacity.create({ watches });
    this.upgrades = UpgradeCheck.create({
      client,
      repository,
      chart,
      design,
      gate: this.gate,
    });
    this.room = ClusterRoom.create({
      capacity: this.capacityOfNodes,
      chart,
      design,
      engines,
      gate: this.gate,
      logger,
      plans: config.plans,
      renderer,
      repository,
    });
    const recording = ReleaseRecording.create({
      repository,
      events,
      gate: this.gate,
      chart,
      renderer,
      recorder: ReleaseRecorder.create({ helm: this.helm, client }),
      drift,
      logger,
      signal,
    });
    const reconciler = createReconciler({
      config,
      client,
      repository,
      engines,
      derived,
      design,
      chart,
      renderer,
      watches,
      drift,
      truce,
      gate: this.gate,
      probe: this.probe,
      remover: ReleaseRemover.create({ helm: this.helm }),
      nodes: () => this.capacityOfNodes.nodes(),
      metrics,
      logger,
      signal,
      cancelRecording: storeId => recording.cancel(storeId),
      endOutdatedRecording: record => recording.endOutdated(record),
      onRepaired: storeId => this.sweeper.soon(storeId),
      onSettled: storeId => this.records.add(storeId),
      onBootable: storeId => this.queue.add(storeId, { priority: 'request' }),
      onStep: options.onStep,
    });
    this.queue = this.createQueue(
      'reconcile',
      CONCURRENT_STORES,
      measurePasses(metrics, storeId =>
        this.asHolder(storeId, this.records, lease =>
          reconciler.reconcile(storeId, lease),
        ),
      ),
    );
    this.records = this.createQueue('release record', 1, storeId =>
      this.asHolder(storeId, this.queue, async lease => {
        if (await isBootingTime(repository, storeId)) {
          return { againInMs: RECORD_AFTER_BOOTS_MS };
        }
        return await recording.record(storeId, lease);
      }),
    );
    this.shared = SharedWork.create({
      leases: options.leases,
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
      gate: this.gate,
      leases: options.leases,
      logger,
      facts: factsObject,
      onDrift: storeId => this.queue.add(storeId, { priority: 'drift' }),
      onRecordWrong: (storeId, why) => {
        recording.renew(storeId, why);
        this.records.add(storeId);
      },
    });
    this.visits = StoreVisits.create({
      repository,
      leases: options.leases,
      watches,
      gate: this.gate,
      resyncSeconds: config.resyncSeconds,
      logger,
      signal,
      visit: storeId => this.queue.add(storeId),
    });
    options.leases.onTakeOver(() => metrics.leaseTakenOver());
    metrics.queueDepth('reconcile', () => this.queue.depth());
    metrics.queueDepth('release-record', () => this.records.depth());
    for (const { kind, seconds } of watches.ages) {
      metrics.watchAge(kind, seconds);
    }
  }

  /** Visits every store that is not DELETED, now and regularly. */
  async start(): Promise<void> {
    await this.options.leases.start();
    await this.shared.start();
    this.sweeper.start();
    await this.visits.start();
  }

  /** Drops what runs between two steps and returns when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('The orchestrator is being stopped'));
    this.visits.stop();
    await Promise.all([
      this.queue.stop(),
      this.records.stop(),
      this.shared.stop(),
      this.watches.stop(),
      this.sweeper.stop(),
    ]);
    await this.options.leases.stop();
    this.probe.close();
    await this.helm.close();
  }

  /** To be called after a request for the store was committed. */
  enqueue(storeId: string): void {
    this.queue.add(storeId, { priority: 'request' });
  }

  /** Whether the cluster can be worked with, since when, and why not. */
  clusterStatus(): ClusterReachability {
    return this.gate.status();
  }

  /** How the platform itself is. */
  async health(): Promise<PlatformHealth> {
    return await this.platform.health();
  }

  /** Where a store answers, or will. */
  async urls(record: Pick<StoreRecord, 'id' | 'engine'>): Promise<StoreUrls> {
    return await this.design.urls({ record });
  }

  /** What a store consists of in the cluster. */
  async resources(record: StoreRecord): Promise<StoreResources> {
    return this.insight.resources(record);
  }

  /** The end of a workload's log, with the store's secrets masked. */
  async logs(record: StoreRecord, query: StoreLogsQuery): Promise<StoreLogs> {
    return this.insight.logs(record, query);
  }

  /** The first login of a store's administrator. */
  async credentials(record: StoreRecord): Promise<StoreCredentials> {
    return this.insight.credentials(record);
  }

  /** What the cluster has room for. */
  async capacity(): Promise<Capacity> {
    return this.room.capacity();
  }

  /** What the cluster lacks to run one more such store; undefined when it has room, or that isn't known. */
  async lacking(size: {
    engine: string;
    plan: string;
  }): Promise<string | undefined> {
    return this.room.lacking(size);
  }

  /**
   * Makes sure that a store can be brought to another plan or other parameters.
   *
   * @throws InputError that says what can't be changed
   */
  async checkUpgrade(
    record: StoreRecord,
    wanted: { plan: string; parameters: JsonObject },
  ): Promise<void> {
    await this.upgrades.check(record, wanted);
  }

  /** Works on a store under its lease; one that another replica holds is left to it. */
  private async asHolder(
    storeId: string,
    other: WorkQueue,
    work: (lease: StoreLease) => Promise<{ againInMs?: number } | undefined>,
  ): Promise<{ againInMs?: number } | undefined> {
    const { leases } = this.options;
    const lease = await leases.acquire(storeId);
    if (!lease) return undefined;
    try {
      const again = await work(lease);
      const atRest = again === undefined && !other.has(storeId);
      if (atRest && !leases.prefers(storeId)) await leases.release(storeId);
      return again;
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      leases.forget(storeId);
      return { againInMs: AFTER_LOST_LEASE_MS };
    }
  }

  private createQueue(
    name: string,
    concurrency: number,
    process: (storeId: string) => Promise<{ againInMs?: number } | undefined>,
  ): WorkQueue {
    return WorkQueue.create({
      concurrency,
      process,
      backoff: BACKOFF,
      onError: (storeId, error, retryInMs) => {
        if (this.stopping.signal.aborted) return;
        this.options.logger.warn(
          `${name} of store '${storeId}' comes back in ${retryInMs} ms: ${
            isError(error) ? error.message : error
          }`,
        );
      },
    });
  }
}
