import { describeStoreReason } from '@storeyard/backstage-plugin-stores-common';
import type { StoreObservation } from '../../cluster';
import type { NewStoreEvent } from '../../database/NewStoreEvent';
import type { StorePatch, StoreRecord } from '../../database/StoreRecord';
import type { Diagnosis } from '../Diagnosis';
import { observedConditions } from '../observedConditions';
import {
  APPLIED,
  appliedStage,
  findCondition,
  withConditions,
} from '../storeConditions';
import type { StorePass } from '../StorePass';
import { recordedClaims } from './FactsSteps';

const SILENT = { reason: undefined, message: undefined, remedy: undefined };

/** Its place among those that boot is free for the next one. */
const BOOTED = { bootQueuedAt: undefined, bootStartedAt: undefined };

/** The steps that say how a store is. */
export class HealthSteps {
  static create(): HealthSteps {
    return new HealthSteps();
  }

  private constructor() {}

  async becomeReady(
    pass: StorePass,
    observation: StoreObservation,
  ): Promise<void> {
    const { record } = pass;
    const now = new Date();
    const begun = record.provisioningStartedAt ?? record.createdAt;
    const seconds = (from: Date) =>
      Math.round((now.getTime() - from.getTime()) / 100) / 10;
    const first = record.state === 'PROVISIONING';
    const durations = {
      sinceRequestSeconds: seconds(record.createdAt),
      provisioningSeconds: seconds(begun),
    };
    await pass.transition(
      'READY',
      {
        ...this.unspoken(pass),
        ...BOOTED,
        ...recordedClaims(pass, observation),
        attempt: 0,
        nextAttemptAt: undefined,
        readyAt: record.readyAt ?? now,
        ...this.conditions(pass, observation),
      },
      [
        ...this.progressEvents(pass, observation),
        first
          ? readyEvent(record, durations)
          : {
              type: 'recovered',
              message: `The shop serves again; it was '${record.state}'${
                record.reason ? ` because of '${record.reason}'` : ''
              }`,
            },
      ],
    );
    pass.logger.info(
      first && !record.firstReadyAt
        ? `provision: store '${record.id}' is READY ${durations.sinceRequestSeconds} s after it was requested`
        : `reconcile: store '${record.id}' is READY again`,
    );
  }

  async degrade(
    pass: StorePass,
    observation: StoreObservation,
    diagnosis: Diagnosis,
  ): Promise<void> {
    pass.logger.warn(
      `reconcile: store '${pass.record.id}' does not serve: ${diagnosis.reason}`,
    );
    await pass.transition(
      'DEGRADED',
      { ...spoken(diagnosis), ...this.conditions(pass, observation) },
      [
        {
          type: 'degraded',
          message: diagnosis.message,
          details: { reason: diagnosis.reason },
        },
      ],
    );
  }

  /** A store that is FAILED already is told only what changed, without another event. */
  async fail(
    pass: StorePass,
    diagnosis: Diagnosis,
    observation: StoreObservation = {},
  ): Promise<void> {
    if (pass.record.state === 'FAILED') {
      await this.report(pass, observation, diagnosis);
      return;
    }
    pass.logger.warn(
      `provision: store '${pass.record.id}' FAILED: ${diagnosis.reason}`,
    );
    await pass.transition(
      'FAILED',
      {
        ...spoken(diagnosis),
        ...BOOTED,
        nextAttemptAt: undefined,
        ...this.conditions(pass, observation),
      },
      [
        {
          type: 'failed',
          message: diagnosis.message,
          details: { reason: diagnosis.reason },
        },
      ],
    );
  }

  /** Writes what the observation changed, or nothing. */
  async report(
    pass: StorePass,
    observation: StoreObservation,
    diagnosis?: Diagnosis,
  ): Promise<void> {
    const { record } = pass;
    const said =
      diagnosis &&
      (record.reason !== diagnosis.reason ||
        record.message !== diagnosis.message);
    const turned = observedConditions(observation).some(
      ({ type, status }) => findCondition(record, type)?.status !== status,
    );
    if (!said && !turned) return;
    await pass.patch(
      {
        ...(diagnosis && spoken(diagnosis)),
        ...this.conditions(pass, observation),
      },
      this.progressEvents(pass, observation),
    );
  }

  /** Keeps its slot no longer from the others, or a place that it can't use. */
  async releaseBoot(pass: StorePass): Promise<void> {
    await pass.patch(BOOTED);
  }

  /** What a failed upgrade has to say outlasts the store's getting worse and better. */
  private unspoken({ record }: StorePass): StorePatch {
    const applied = findCondition(record, 'Applied');
    return appliedStage(record) === APPLIED.upgradeFailed
      ? {
          reason: 'UpgradeFailed',
          message: applied?.message,
          remedy: describeStoreReason('UpgradeFailed').remedy,
        }
      : SILENT;
  }

  private conditions(
    pass: StorePass,
    observation: StoreObservation,
  ): Pick<StorePatch, 'conditions'> {
    const changes = observedConditions(observation);
    return { conditions: withConditions(pass.record, changes, new Date()) };
  }

  /** While a store is made, its parts' becoming ready is told, once each. */
  private progressEvents(
    pass: StorePass,
    observation: StoreObservation,
  ): NewStoreEvent[] {
    if (pass.record.state !== 'PROVISIONING') return [];
    const turned = observedConditions(observation).filter(
      ({ type, status }) =>
        status === 'True' &&
        findCondition(pass.record, type)?.status !== 'True',
    );
    return turned.flatMap(({ type }): NewStoreEvent[] => {
      if (type === 'DatabaseReady') {
        return [{ type: 'database-ready', message: 'The database is ready' }];
      }
      if (type === 'BackendReady') {
        return [{ type: 'backend-ready', message: 'The shop server is ready' }];
      }
      return [];
    });
  }
}

/** How long the first one took is told once: it is what provisioning is measured by. */
function readyEvent(
  record: StoreRecord,
  durations: { sinceRequestSeconds: number; provisioningSeconds: number },
): NewStoreEvent {
  const { provisioningSeconds, sinceRequestSeconds } = durations;
  return record.firstReadyAt
    ? {
        type: 'ready',
        message: `The shop serves as generation ${record.generation}, after ${provisioningSeconds} s`,
        details: { provisioningSeconds, generation: record.generation },
      }
    : {
        type: 'ready',
        message: `The shop serves, ${sinceRequestSeconds} s after it was requested`,
        details: durations,
      };
}

function spoken(diagnosis: Diagnosis): StorePatch {
  const { reason, message, remedy } = diagnosis;
  return { reason, message, remedy };
}
