import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterCapacity,
  ClusterClient,
  ClusterConnection,
  ClusterWatches,
  isWatchedKind,
  OwnWrites,
  ShopProbe,
} from '../cluster';
import type { InstallationRepository } from '../database/InstallationRepository';
import { DerivedSecrets, type EngineRegistry } from '../engines';
import { ChartRenderer, HelmCommand, StoreChart } from '../helm';
import { ClusterGate } from './ClusterGate';
import type { OrchestratorConfig } from './OrchestratorConfig';
import { StoreDesign } from './StoreDesign';

const PROBE_TIMEOUT_MS = 5_000;

export interface CreateLoopToolsOptions {
  config: OrchestratorConfig;
  engines: EngineRegistry;
  installation: InstallationRepository;
  logger: LoggerService;
  /** Told of each store of which something changed in the cluster. */
  onStoreChanged(storeId: string): void;
  /** Told when the caches know all kinds that a store consists of. */
  onSynced(): void;
}

/** What reaches the cluster and Helm, and says what a store shall be: shared by all that works on stores or tells of them. */
export interface LoopTools {
  capacity: ClusterCapacity;
  chart: StoreChart;
  client: ClusterClient;
  derived: DerivedSecrets;
  design: StoreDesign;
  gate: ClusterGate;
  helm: HelmCommand;
  probe: ShopProbe;
  renderer: ChartRenderer;
  watches: ClusterWatches;
}

export function createLoopTools(options: CreateLoopToolsOptions): LoopTools {
  const { config, engines, installation, logger } = options;
  const writes = OwnWrites.create();
  const client = ClusterClient.create({
    connection: ClusterConnection.create(config),
    onWritten: answer => {
      if (isWatchedKind(answer)) writes.note(answer);
    },
  });
  const watches = ClusterWatches.create({
    client,
    writes,
    logger,
    onStoreChanged: options.onStoreChanged,
    onSynced: options.onSynced,
  });
  const chart = StoreChart.create(config.chart);
  const helm = HelmCommand.create({
    command: config.helmCommand,
    kubeconfig: config.kubeconfig,
  });
  return {
    capacity: ClusterCapacity.create({ watches }),
    chart,
    client,
    derived: DerivedSecrets.create(config),
    design: StoreDesign.create({ chart, engines, plans: config.plans }),
    gate: ClusterGate.create({
      client,
      installation,
      logger,
      onOpen: cluster => watches.start(cluster.installation.id),
    }),
    helm,
    probe: ShopProbe.create({
      address: config.probeAddress,
      timeoutMs: PROBE_TIMEOUT_MS,
    }),
    renderer: ChartRenderer.create({ helm }),
    watches,
  };
}
