import type { StoreObservation } from '../cluster';
import type { StoreRepository } from '../database/StoreRepository';
import type { OpenCluster } from './ClusterGate';
import type { ObservationSchedule } from './ObservationSchedule';
import type { StoreStep } from './StoreStep';
import type { StorePass } from './StorePass';
import type { ApplySteps } from './steps/ApplySteps';
import type { DeletionSteps } from './steps/DeletionSteps';
import type { FactsSteps } from './steps/FactsSteps';
import type { GenerationSteps } from './steps/GenerationSteps';
import type { HealthSteps } from './steps/HealthSteps';
import type { NamespaceSteps } from './steps/NamespaceSteps';
import type { RepairSteps } from './steps/RepairSteps';
import type { RetrySteps } from './steps/RetrySteps';
import type { UpgradeSteps } from './steps/UpgradeSteps';

const DRIFTED_POLL_MS = 10_000;

export interface StepRunnerOptions {
  repository: Pick<StoreRepository, 'bootQueue'>;
  schedule: ObservationSchedule;
  generations: GenerationSteps;
  namespaces: NamespaceSteps;
  applySteps: ApplySteps;
  healthSteps: HealthSteps;
  repairSteps: RepairSteps;
  deletionSteps: DeletionSteps;
  factsSteps: FactsSteps;
  retrySteps: RetrySteps;
  upgradeSteps: UpgradeSteps;
  /** How many stores may boot at a time. */
  concurrentBoots(): number;
  /** Told of each READY store that comes to rest. */
  onSettled(storeId: string): void;
  /** Told of stores that may boot now. */
  onBootable(storeId: string): void;
}

/** What comes after a step: the next one, a pause, or nothing until somebody asks. */
export type StepOutcome = 'next' | { againInMs?: number } | undefined;

/** Does the step that was planned for a store, and notes what other looks depend on. */
export class StepRunner {
  static create(options: StepRunnerOptions): StepRunner {
    return new StepRunner(options);
  }

  private constructor(private readonly options: StepRunnerOptions) {}

  /** @returns `next` when the store is to be looked at again at once, else when it is due again, if by itself */
  async run(
    pass: StorePass,
    step: StoreStep,
    observation: StoreObservation,
    cluster: OpenCluster,
  ): Promise<StepOutcome> {
    const {
      applySteps,
      deletionSteps,
      factsSteps,
      generations,
      healthSteps,
      namespaces,
      repairSteps,
      retrySteps,
      schedule,
      upgradeSteps,
    } = this.options;
    const { id, state } = pass.record;
    switch (step.type) {
      case 'begin':
        await applySteps.begin(pass);
        return 'next';
      case 'render':
        await generations.render(pass, cluster);
        return 'next';
      case 'request-boot':
        await pass.requestBoot(this.options.concurrentBoots());
        return 'next';
      case 'release-boot':
        await healthSteps.releaseBoot(pass);
        return await this.freed('next');
      case 'create-namespace':
        await namespaces.createNamespace(pass, cluster);
        return 'next';
      case 'apply-secrets':
        await applySteps.applySecrets(pass, cluster);
        return 'next';
      case 'apply-held':
        await applySteps.applyHeld(pass);
        return 'next';
      case 'apply-objects':
        await applySteps.applyObjects(pass);
        schedule.note(id, 'apply');
        schedule.note(id, 'look');
        return 'next';
      case 'start-over':
        await applySteps.startOver(pass);
        return 'next';
      case 'reapply':
        await applySteps.reapply(pass, cluster);
        schedule.note(id, 'apply');
        return 'next';
      case 'repair':
        await repairSteps.repair(pass, step.findings, cluster);
        return 'next';
      case 'tell-repaired':
        await repairSteps.tellInterrupted(pass);
        return 'next';
      case 'report-drift':
        await repairSteps.report(pass, step.findings);
        return step.findings.length > 0
          ? { againInMs: DRIFTED_POLL_MS }
          : 'next';
      case 'repair-namespace':
        await namespaces.repairNamespace(pass, cluster, step);
        return 'next';
      case 'record-claims':
        await factsSteps.recordClaims(pass, observation);
        return 'next';
      case 'keep-facts':
        await factsSteps.keep(pass, cluster);
        schedule.note(id, 'facts');
        return 'next';
      case 'retry':
        await retrySteps.retry(pass, observation, cluster, step);
        schedule.forget(id);
        return 'next';
      case 'refuse-retry':
        await retrySteps.refuse(pass, step.diagnosis);
        return 'next';
      case 'end-pause':
        await retrySteps.endPause(pass);
        return 'next';
      case 'try-images':
        await upgradeSteps.tryImages(pass, cluster);
        return 'next';
      case 'switch-generation':
        await upgradeSteps.switchGeneration(pass);
        schedule.forget(id);
        return 'next';
      case 'fail-upgrade':
        await upgradeSteps.fail(pass, step.diagnosis);
        return 'next';
      case 'become-ready':
        await healthSteps.becomeReady(pass, observation);
        return await this.freed('next');
      case 'degrade':
        await healthSteps.degrade(pass, observation, step.diagnosis);
        return 'next';
      case 'fail':
        await healthSteps.fail(pass, step.diagnosis, observation);
        return await this.freed('next');
      case 'remove-release':
        await deletionSteps.removeRelease(pass, cluster);
        return 'next';
      case 'delete-workloads':
        await deletionSteps.deleteWorkloads(pass, observation);
        return await this.freed('next');
      case 'delete-namespace':
        await deletionSteps.deleteNamespace(pass, step);
        return 'next';
      case 'finish-deletion':
        await deletionSteps.finish(pass, step.message);
        schedule.forget(id);
        return await this.freed(undefined);
      case 'delete-reappeared':
        await deletionSteps.deleteReappeared(pass, step.uid);
        return undefined;
      case 'report-reappeared':
        await deletionSteps.reportReappeared(pass);
        return undefined;
      case 'wait':
        if (state !== 'DELETING') {
          await healthSteps.report(pass, observation, step.diagnosis);
        } else if (step.diagnosis) {
          await deletionSteps.block(pass, step.diagnosis);
        }
        return { againInMs: step.inMs };
      default:
        if (state === 'READY') this.options.onSettled(id);
        return undefined;
    }
  }

  /** Forgets what was remembered of a store that is gone. */
  forget(storeId: string): void {
    this.options.schedule.forget(storeId);
    this.options.repairSteps.forget(storeId);
  }

  /** A slot to boot may be free: who waits for it is told, rather than left to ask again. */
  private async freed<T>(outcome: T): Promise<T> {
    const { onBootable, repository } = this.options;
    const { waiting } = await repository.bootQueue();
    waiting.slice(0, this.options.concurrentBoots()).forEach(onBootable);
    return outcome;
  }
}
