import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  ClusterUnreachableError,
  isUidConflict,
  type StoreObservation,
} from '../cluster';
import type { StoreRecord, StoreRepository } from '../database/StoreRepository';
import {
  type ClusterGate,
  ClusterRefusedError,
  type OpenCluster,
} from './ClusterGate';
import type { StoreLease } from './leases';
import type { ObservationSchedule } from './ObservationSchedule';
import { planNextStep } from './planNextStep';
import type { PlanFacts, StoreStep } from './StoreStep';
import { findCondition } from './storeConditions';
import type { StoreInspector } from './StoreInspector';
import { StorePass, SupersededError } from './StorePass';
import type { ApplySteps } from './steps/ApplySteps';
import type { DeletionSteps } from './steps/DeletionSteps';
import type { FactsSteps } from './steps/FactsSteps';
import type { FailureSteps } from './steps/FailureSteps';
import type { GenerationSteps } from './steps/GenerationSteps';
import type { HealthSteps } from './steps/HealthSteps';
import type { NamespaceSteps } from './steps/NamespaceSteps';
import type { RepairSteps } from './steps/RepairSteps';
import type { RetrySteps } from './steps/RetrySteps';
import type { UpgradeSteps } from './steps/UpgradeSteps';

/** A pass ends after so many steps at the latest; more are a plan that runs in circles. */
const STEPS_PER_PASS = 20;
const AGAIN_AT_ONCE_MS = 10;
const AGAIN_SOON_MS = 200;
const DRIFTED_POLL_MS = 10_000;

export interface StoreReconcilerOptions {
  repository: StoreRepository;
  gate: ClusterGate;
  inspector: StoreInspector;
  schedule: ObservationSchedule;
  generations: GenerationSteps;
  namespaces: NamespaceSteps;
  applySteps: ApplySteps;
  healthSteps: HealthSteps;
  repairSteps: RepairSteps;
  deletionSteps: DeletionSteps;
  failureSteps: FailureSteps;
  factsSteps: FactsSteps;
  retrySteps: RetrySteps;
  upgradeSteps: UpgradeSteps;
  /** How many stores may boot at a time. */
  concurrentBoots(): number;
  deadlineSeconds: number;
  resyncSeconds: number;
  logger: LoggerService;
  signal: AbortSignal;
  /** Ends what Helm still records of how the store was before the latest request. */
  endOutdatedRecording(record: StoreRecord): Promise<void>;
  /** Told of each READY store that comes to rest. */
  onSettled(storeId: string): void;
  /** Told of stores that may boot now. */
  onBootable(storeId: string): void;
  /** Told before each step. */
  onStep?(storeId: string, step: StoreStep): void;
}

/** Brings a store nearer to what it shall be: observe, plan one step, do it, note it, until there is nothing to do. */
export class StoreReconciler {
  static create(options: StoreReconcilerOptions): StoreReconciler {
    return new StoreReconciler(options);
  }

  private constructor(private readonly options: StoreReconcilerOptions) {}

  /**
   * @returns when the store is due again, if by itself
   * @throws LeaseLostError when the store is another replica's by now
   * @throws what says nothing about the store: the cluster does not answer, the database fails
   */
  async reconcile(
    storeId: string,
    lease: StoreLease,
  ): Promise<{ againInMs?: number } | undefined> {
    const { repository, signal, logger, schedule } = this.options;
    const record = await repository.get(storeId);
    if (!record) return undefined;
    await this.options.endOutdatedRecording(record);
    if (record.state === 'DELETED') {
      schedule.forget(storeId);
      this.options.repairSteps.forget(storeId);
    }
    const pass = StorePass.create({
      record,
      lease,
      repository,
      signal,
      logger: logger.child({ storeId }),
    });
    try {
      const cluster = await this.options.gate.open(signal);
      return await this.run(pass, cluster);
    } catch (error) {
      return await this.handle(pass, error);
    }
  }

  private async run(
    pass: StorePass,
    cluster: OpenCluster,
  ): Promise<{ againInMs?: number } | undefined> {
    const { inspector, onStep } = this.options;
    let refusal: Pick<PlanFacts, 'bootRefused' | 'lastBootSeconds'> = {
      bootRefused: false,
    };
    for (let count = 0; count < STEPS_PER_PASS; count += 1) {
      const { record } = pass;
      const reapplyDue = this.isReapplyDue(record);
      const observation = await inspector.inspect(record, {
        regular: reapplyDue,
        signal: pass.signal,
      });
      const step = planNextStep(record, observation, {
        ...this.facts(record),
        reapplyDue,
        ...refusal,
        namespace:
          observation.namespace?.exists && record.state !== 'DELETED'
            ? await this.options.namespaces.wanted(record, cluster)
            : undefined,
      });
      onStep?.(record.id, step);
      const pause = await this.perform(pass, step, observation, cluster);
      if (pause !== 'next') return pause;
      if (step.type === 'request-boot' && !pass.record.bootStartedAt) {
        refusal = await this.refusal();
      }
    }
    return { againInMs: AGAIN_AT_ONCE_MS };
  }

  /** Others boot, and how long they have by now. */
  private async refusal(): Promise<
    Pick<PlanFacts, 'bootRefused' | 'lastBootSeconds'>
  > {
    const { lastBootStartedAt } = await this.options.repository.bootQueue();
    return {
      bootRefused: true,
      ...(lastBootStartedAt && {
        lastBootSeconds: (Date.now() - lastBootStartedAt.getTime()) / 1000,
      }),
    };
  }

  private async perform(
    pass: StorePass,
    step: StoreStep,
    observation: StoreObservation,
    cluster: OpenCluster,
  ): Promise<'next' | { againInMs?: number } | undefined> {
    const {
      applySteps,
      deletionSteps,
      factsSteps,
      healthSteps,
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
        await this.options.generations.render(pass, cluster);
        return 'next';
      case 'request-boot':
        await pass.requestBoot(this.options.concurrentBoots());
        return 'next';
      case 'release-boot':
        await healthSteps.releaseBoot(pass);
        return await this.freed('next');
      case 'create-namespace':
        await this.options.namespaces.createNamespace(pass, cluster);
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
        await this.options.repairSteps.repair(pass, step.findings, cluster);
        return 'next';
      case 'report-drift':
        await this.options.repairSteps.report(pass, step.findings);
        return step.findings.length > 0
          ? { againInMs: DRIFTED_POLL_MS }
          : 'next';
      case 'repair-namespace':
        await this.options.namespaces.repairNamespace(pass, cluster, step);
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

  /** A slot to boot may be free: who waits for it is told, rather than left to ask again. */
  private async freed<T>(outcome: T): Promise<T> {
    const { onBootable, repository } = this.options;
    const { waiting } = await repository.bootQueue();
    waiting.slice(0, this.options.concurrentBoots()).forEach(onBootable);
    return outcome;
  }

  private isReapplyDue({ id, state }: StoreRecord): boolean {
    const { resyncSeconds, schedule } = this.options;
    return (
      ['READY', 'DEGRADED', 'FAILED'].includes(state) &&
      schedule.secondsSince(id, 'apply') >= resyncSeconds
    );
  }

  /** A restart, or a cluster that was away, costs no store its deadline: waiting counts from when we can see it. */
  private facts(
    record: StoreRecord,
  ): Omit<
    PlanFacts,
    'reapplyDue' | 'bootRefused' | 'lastBootSeconds' | 'namespace'
  > {
    const { deadlineSeconds, gate, schedule } = this.options;
    const applied = findCondition(record, 'Applied');
    const since = Math.max(
      gate.since ?? Date.now(),
      applied ? Date.parse(applied.lastTransitionTime) : 0,
      // A new attempt, whether it applies everything anew or not.
      record.provisioningStartedAt?.getTime() ?? 0,
    );
    const deleting = record.state === 'DELETING';
    return {
      now: new Date(),
      waitingSeconds: (Date.now() - since) / 1000,
      deadlineSeconds,
      factsDue: schedule.isDue(record.id, 'facts', Infinity),
      deletingSeconds: deleting
        ? schedule.secondsSince(record.id, 'deletion')
        : 0,
    };
  }

  private async handle(
    pass: StorePass,
    error: unknown,
  ): Promise<{ againInMs?: number } | undefined> {
    const { failureSteps, gate } = this.options;
    pass.signal.throwIfAborted();
    if (
      error instanceof SupersededError ||
      (isError(error) && error.name === 'ConflictError')
    ) {
      return { againInMs: AGAIN_AT_ONCE_MS };
    }
    // We saw the cluster as it no longer is; the caches will know better.
    if (isUidConflict(error)) return { againInMs: AGAIN_SOON_MS };
    if (error instanceof ClusterUnreachableError) gate.shut(error);
    if (
      error instanceof ClusterUnreachableError ||
      error instanceof ClusterRefusedError
    ) {
      await failureSteps.sayThatItWaits(pass, error);
      throw error;
    }
    return await failureSteps.handle(pass, error);
  }
}
