import type { LoggerService } from '@backstage/backend-plugin-api';
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
import { StoreLogsReader, StoreReader, StoreResourcesReader } from '../cluster';
import type { EventLog } from '../database/EventLog';
import type { InstallationRepository } from '../database/InstallationRepository';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import type { EngineRegistry } from '../engines';
import { createLoopTools, type LoopTools } from './createLoopTools';
import {
  ClusterRoom,
  PlatformInsight,
  StoreInsight,
  type StoreLogsQuery,
} from './insight';
import type { StoreLeases } from './leases';
import type { LoopMetrics } from './LoopMetrics';
import type { OrchestratorConfig } from './OrchestratorConfig';
import { StoreLoop } from './StoreLoop';
import type { StoreStep } from './StoreStep';
import { UpgradeCheck } from './UpgradeCheck';

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
  private readonly tools: LoopTools;
  private readonly loop: StoreLoop;
  private readonly insight: StoreInsight;
  private readonly platform: PlatformInsight;
  private readonly room: ClusterRoom;
  private readonly upgrades: UpgradeCheck;

  private constructor(options: OrchestratorOptions) {
    const { config } = options;
    this.tools = createLoopTools({
      ...options,
      onStoreChanged: storeId => this.loop.noteChange(storeId),
      onSynced: () => this.loop.visitSoon(),
    });
    const { tools } = this;
    this.loop = StoreLoop.create({
      ...options,
      tools,
      signal: this.stopping.signal,
    });
    const reader = StoreReader.create(tools);
    this.insight = StoreInsight.create({
      ...options,
      ...tools,
      logs: StoreLogsReader.create({ ...tools, reader }),
      resources: StoreResourcesReader.create({ reader }),
    });
    this.platform = PlatformInsight.create({
      ...options,
      ...tools,
      namespace: config.platform.namespace,
    });
    this.room = ClusterRoom.create({
      ...options,
      ...tools,
      plans: config.plans,
    });
    this.upgrades = UpgradeCheck.create({ ...options, ...tools });
  }

  /** Visits every store that is not DELETED, now and regularly. */
  async start(): Promise<void> {
    await this.loop.start();
  }

  /** Drops what runs between two steps and returns when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('The orchestrator is being stopped'));
    await this.loop.stop();
    this.tools.probe.close();
    await this.tools.helm.close();
  }

  /** To be called after a request for the store was committed. */
  enqueue(storeId: string): void {
    this.loop.enqueue(storeId);
  }

  /** Whether the cluster can be worked with, since when, and why not. */
  clusterStatus(): ClusterReachability {
    return this.tools.gate.status();
  }

  /** How the platform itself is. */
  async health(): Promise<PlatformHealth> {
    return await this.platform.health();
  }

  /** Where a store answers, or will. */
  async urls(record: Pick<StoreRecord, 'id' | 'engine'>): Promise<StoreUrls> {
    return await this.tools.design.urls({ record });
  }

  /** Where a store of this id would answer, by the installation's settings. */
  async storefront(id: string): Promise<string> {
    return await this.tools.design.storefront(id);
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
}
