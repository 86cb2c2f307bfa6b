import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NodeCapacity } from '@storeyard/backstage-plugin-stores-common';
import {
  type ClusterClient,
  type ClusterWatches,
  type ShopProbe,
  StoreObserver,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../engines';
import type { ChartRenderer, ReleaseRemover, StoreChart } from '../helm';
import type { ClusterGate } from './ClusterGate';
import { countCores } from './countCores';
import type { LoopMetrics } from './LoopMetrics';
import { ObservationSchedule } from './ObservationSchedule';
import type { OrchestratorConfig } from './OrchestratorConfig';
import type { StoreDesign } from './StoreDesign';
import type { StoreDrift } from './StoreDrift';
import { StoreInspector } from './StoreInspector';
import { StoreReconciler } from './StoreReconciler';
import type { StoreStep } from './StoreStep';
import { StepRunner } from './StepRunner';
import { ApplySteps } from './steps/ApplySteps';
import { DeletionSteps } from './steps/DeletionSteps';
import { FactsSteps } from './steps/FactsSteps';
import { FailureSteps } from './steps/FailureSteps';
import { GenerationSteps } from './steps/GenerationSteps';
import { HealthSteps } from './steps/HealthSteps';
import { NamespaceSteps } from './steps/NamespaceSteps';
import { PruneSteps } from './steps/PruneSteps';
import { RepairSteps } from './steps/RepairSteps';
import { RetrySteps } from './steps/RetrySteps';
import { UpgradeSteps } from './steps/UpgradeSteps';

/** What the steps of a store work with, and whom they tell. */
export interface CreateReconcilerOptions {
  config: OrchestratorConfig;
  client: ClusterClient;
  repository: StoreRepository;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  design: StoreDesign;
  chart: StoreChart;
  renderer: ChartRenderer;
  watches: ClusterWatches;
  drift: StoreDrift;
  gate: ClusterGate;
  probe: ShopProbe;
  remover: ReleaseRemover;
  metrics: LoopMetrics;
  logger: LoggerService;
  signal: AbortSignal;
  /** The nodes that stores may boot on; undefined while they aren't known. */
  nodes(): readonly NodeCapacity[] | undefined;
  /** Ends a recording of the store's release, and waits for its end. */
  cancelRecording(storeId: string): Promise<void>;
  /** The same, unless it knows of the latest request. */
  endOutdatedRecording(record: StoreRecord): Promise<void>;
  /** Told of a store that something was put right in. */
  onRepaired(storeId: string): void;
  /** Told of each READY store that comes to rest. */
  onSettled(storeId: string): void;
  /** Told of a store whose turn to boot has come. */
  onBootable(storeId: string): void;
  /** Told before each step. */
  onStep?(storeId: string, step: StoreStep): void;
}

/** Puts the steps of a store together with what they share. */
export function createReconciler(
  options: CreateReconcilerOptions,
): StoreReconciler {
  const {
    chart,
    client,
    config,
    derived,
    design,
    drift,
    engines,
    gate,
    logger,
    metrics,
    probe,
    renderer,
    repository,
    signal,
    watches,
  } = options;
  const schedule = ObservationSchedule.create();
  const generations = GenerationSteps.create({
    repository,
    renderer,
    chart,
    design,
  });
  const namespaces = NamespaceSteps.create({
    client,
    generations,
    design,
    chart,
    account: config.platform,
  });
  const factsSteps = FactsSteps.create({ client });
  const applySteps = ApplySteps.create({
    client,
    uidOf: object => drift.uidOf(object),
    generations,
    namespaces,
    facts: factsSteps,
    prune: PruneSteps.create({ client, repository }),
    engines,
    derived,
  });
  const healthSteps = HealthSteps.create();
  const upgradeSteps = UpgradeSteps.create({ client, generations });
  const runner = StepRunner.create({
    repository,
    schedule,
    generations,
    namespaces,
    applySteps,
    healthSteps,
    repairSteps: RepairSteps.create({
      client,
      repository,
      namespaces,
      engines,
      derived,
      drift,
      metrics,
      keepFacts: (pass, cluster) => factsSteps.keep(pass, cluster),
      onRepaired: options.onRepaired,
    }),
    factsSteps,
    retrySteps: RetrySteps.create({ client, facts: factsSteps, applySteps }),
    upgradeSteps,
    deletionSteps: DeletionSteps.create({
      client,
      remover: options.remover,
      namespaces,
      cancelRecording: options.cancelRecording,
    }),
    concurrentBoots: () =>
      config.concurrentBoots ?? countCores(options.nodes()),
    onSettled: options.onSettled,
    onBootable: options.onBootable,
  });
  return StoreReconciler.create({
    repository,
    gate,
    inspector: StoreInspector.create({
      observer: StoreObserver.create({ client, watches }),
      probe,
      repository,
      design,
      engines,
      derived,
      schedule,
      drift,
    }),
    schedule,
    namespaces,
    runner,
    failureSteps: FailureSteps.create({
      gate,
      applySteps,
      healthSteps,
      upgradeSteps,
      deadlineSeconds: config.deadlineSeconds,
    }),
    deadlineSeconds: config.deadlineSeconds,
    resyncSeconds: config.resyncSeconds,
    logger,
    signal,
    endOutdatedRecording: options.endOutdatedRecording,
    onStep: options.onStep,
  });
}
