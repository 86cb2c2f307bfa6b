import { isError } from '@backstage/errors';
import { describeStoreReason } from '@storeyard/backstage-plugin-stores-common';
import { type ClusterUnreachableError, isNotFound } from '../../cluster';
import type { ClusterGate, ClusterRefusedError } from '../ClusterGate';
import { createDiagnosis } from '../Diagnosis';
import { diagnoseError } from '../diagnoseError';
import { hasData, isUpgradePending } from '../storeConditions';
import type { StorePass } from '../StorePass';
import type { ApplySteps } from './ApplySteps';
import type { HealthSteps } from './HealthSteps';
import type { UpgradeSteps } from './UpgradeSteps';

const AGAIN_AT_ONCE_MS = 10;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** Where nobody waits for it: a store that serves. */
const LONGEST_QUIET_RETRY_MS = 300_000;

export interface FailureStepsOptions {
  gate: ClusterGate;
  applySteps: ApplySteps;
  healthSteps: HealthSteps;
  upgradeSteps: UpgradeSteps;
  deadlineSeconds: number;
  /** For the jitter, from 0 to below 1. */
  random?: () => number;
}

/** What is done about a step that ended in an error. */
export class FailureSteps {
  static create(options: FailureStepsOptions): FailureSteps {
    return new FailureSteps(options);
  }

  private constructor(private readonly options: FailureStepsOptions) {}

  /**
   * Has the step repeated, unless its error says that repeating is no use or the store's time is over.
   *
   * @returns when the store is due again
   */
  async handle(
    pass: StorePass,
    error: unknown,
  ): Promise<{ againInMs?: number } | undefined> {
    const { record } = pass;
    const { applySteps, healthSteps, deadlineSeconds } = this.options;
    const message = isError(error) ? error.message : String(error);
    const known = diagnoseError(error);
    const diagnosis =
      known ?? createDiagnosis('ApplyFailed', message, deadlineSeconds);
    if (record.state === 'FAILED' && known && !record.retry) {
      // Nothing that happens afterwards makes a loss undone.
      if (record.reason !== 'DataLost') {
        await healthSteps.report(pass, {}, known);
      }
      return undefined;
    }
    const old = ['READY', 'DEGRADED'].includes(record.state);
    if (old && isUpgradePending(record) && diagnosis.patienceSeconds === 0) {
      await this.options.upgradeSteps.fail(pass, diagnosis);
      return { againInMs: AGAIN_AT_ONCE_MS };
    }
    if (record.state === 'PROVISIONING') {
      if (isNotFound(error) && !hasData(record)) {
        await applySteps.startOver(pass);
      } else if (this.provisioningSeconds(pass) >= diagnosis.patienceSeconds) {
        await healthSteps.fail(pass, diagnosis);
        return undefined;
      }
    }
    return await this.noteAttempt(pass, message);
  }

  /** Shows a store that has something to wait for why it waits. */
  async sayThatItWaits(
    pass: StorePass,
    error: ClusterUnreachableError | ClusterRefusedError,
  ): Promise<void> {
    const { record } = pass;
    const reason = 'reason' in error ? error.reason : 'ClusterUnreachable';
    const waits = ['REQUESTED', 'PROVISIONING', 'DELETING'];
    if (!waits.includes(record.state) || record.reason === reason) return;
    await pass.patch({
      reason,
      message: error.message,
      remedy: describeStoreReason(reason).remedy,
    });
  }

  /** Time that the cluster was away for, or we were, doesn't count. */
  private provisioningSeconds({ record }: StorePass): number {
    const now = Date.now();
    const begun = record.provisioningStartedAt?.getTime() ?? now;
    return (now - Math.max(begun, this.options.gate.since ?? now)) / 1000;
  }

  /** Twice as long each time, and anything up to that: stores that failed together come apart. */
  private async noteAttempt(
    pass: StorePass,
    message: string,
  ): Promise<{ againInMs: number }> {
    const { random = Math.random } = this.options;
    const attempt = pass.record.attempt + 1;
    const { state } = pass.record;
    // What is said of a store that served is how it serves now, and of a FAILED one why it is.
    const served = ['READY', 'DEGRADED', 'FAILED'].includes(state);
    const longest = Math.min(
      served ? LONGEST_QUIET_RETRY_MS : LONGEST_RETRY_MS,
      FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20),
    );
    const againInMs = Math.round(longest * random());
    const nextAttemptAt = new Date(Date.now() + againInMs);
    pass.logger.warn(
      `reconcile: attempt ${attempt} failed, next in ${againInMs} ms: ${message}`,
    );
    await pass.patch({ attempt, nextAttemptAt, ...(!served && { message }) }, [
      {
        type: 'retry-scheduled',
        message: `Attempt ${attempt} failed, the next one is due in ${
          againInMs / 1000
        } s: ${message}`,
        details: { attempt, nextAttemptAt: nextAttemptAt.toISOString() },
      },
    ]);
    return { againInMs };
  }
}
