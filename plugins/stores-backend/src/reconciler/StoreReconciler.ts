import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ClusterUnreachableError, isUidConflict } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import {
  type ClusterGate,
  ClusterRefusedError,
  type OpenCluster,
} from './ClusterGate';
import type { StoreLease } from './leases';
import type { ObservationSchedule } from './ObservationSchedule';
import { planNextStep } from './planNextStep';
import type { StepRunner } from './StepRunner';
import type { PlanFacts, StoreStep } from './StoreStep';
import { findCondition } from './storeConditions';
import type { StoreInspector } from './StoreInspector';
import { StorePass, SupersededError } from './StorePass';
import type { FailureSteps } from './steps/FailureSteps';
import type { NamespaceSteps } from './steps/NamespaceSteps';

/** A pass ends after so many steps at the latest; more are a plan that runs in circles. */
const STEPS_PER_PASS = 20;
const AGAIN_AT_ONCE_MS = 10;
const AGAIN_SOON_MS = 200;

export interface StoreReconcilerOptions {
  repository: StoreRepository;
  gate: ClusterGate;
  inspector: StoreInspector;
  schedule: ObservationSchedule;
  namespaces: Pick<NamespaceSteps, 'wanted'>;
  runner: StepRunner;
  failureSteps: FailureSteps;
  deadlineSeconds: number;
  resyncSeconds: number;
  logger: LoggerService;
  signal: AbortSignal;
  /** Ends what Helm still records of how the store was before the latest request. */
  endOutdatedRecording(record: StoreRecord): Promise<void>;
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
    const { repository, runner, signal, logger } = this.options;
    const record = await repository.get(storeId);
    if (!record) return undefined;
    await this.options.endOutdatedRecording(record);
    if (record.state === 'DELETED') runner.forget(storeId);
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
    const { inspector, onStep, runner } = this.options;
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
      const pause = await runner.run(pass, step, observation, cluster);
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
