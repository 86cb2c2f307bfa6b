import {
  type ClusterClient,
  isPodReady,
  type PodObject,
  retryShortLived,
  type StoreObservation,
} from '../../cluster';
import type { NewStoreEvent } from '../../database/NewStoreEvent';
import type { StorePatch } from '../../database/StoreRecord';
import type { OpenCluster } from '../ClusterGate';
import type { Diagnosis } from '../Diagnosis';
import { isImageTrial } from '../imageTrial';
import {
  APPLIED,
  appliedStage,
  type ConditionChange,
  isUpgradePending,
} from '../storeConditions';
import type { StorePass } from '../StorePass';
import type { ApplySteps } from './ApplySteps';
import type { FactsSteps } from './FactsSteps';
import { conditions } from './progress';

const UNRENDERED: readonly (string | undefined)[] = [
  undefined,
  APPLIED.requested,
];

export interface RetryStepsOptions {
  client: ClusterClient;
  facts: FactsSteps;
  applySteps: Pick<ApplySteps, 'reapply'>;
}

/** What a person's retry and the end of a pause do. */
export class RetrySteps {
  static create(options: RetryStepsOptions): RetrySteps {
    return new RetrySteps(options);
  }

  private constructor(private readonly options: RetryStepsOptions) {}

  /**
   * Begins a new attempt at once. Pods that are not ready are replaced, since the cluster's own back-offs take up to 17
   * minutes. With the loss accepted the store is one again that never had data. A FAILED store whose upgrade had failed
   * before is healed as the generation that ran; the next retry of it, once it is READY, is one of the upgrade.
   */
  async retry(
    pass: StorePass,
    { namespace }: StoreObservation,
    cluster: OpenCluster,
    options: { acceptDataLoss: boolean },
  ): Promise<void> {
    const { acceptDataLoss } = options;
    await pass.checkpoint();
    // With the namespace our rights in it are gone too, and all that there was to undo.
    const isThere =
      namespace?.exists && namespace.ours && !namespace.terminating;
    if (isThere && acceptDataLoss) await this.options.facts.forget(pass);
    const replaced = isThere ? await this.replaceStuckPods(pass) : [];
    const heals =
      isThere &&
      !acceptDataLoss &&
      pass.record.state === 'FAILED' &&
      appliedStage(pass.record) === APPLIED.upgradeFailed;
    if (heals) await this.options.applySteps.reapply(pass, cluster);
    const { record } = pass;
    const patch: StorePatch = {
      retry: undefined,
      attempt: 0,
      nextAttemptAt: undefined,
      reason: undefined,
      message: undefined,
      remedy: undefined,
      ...(acceptDataLoss && { claimUids: undefined }),
    };
    const again = this.applyAgain(pass, acceptDataLoss);
    const accepted: NewStoreEvent[] = acceptDataLoss
      ? [
          {
            type: 'data-loss-accepted',
            message:
              'The loss of the data was accepted: the store is made anew',
          },
        ]
      : [];
    if (record.state !== 'FAILED') {
      const whole = ['READY', 'DEGRADED'].includes(record.state);
      await pass.patch(
        {
          ...patch,
          ...((!whole || isRetriedUpgrade(pass)) && again),
        },
        [...accepted, ...replacedEvents(replaced)],
      );
      return;
    }
    await pass.transition(
      'PROVISIONING',
      {
        ...patch,
        ...(!heals && again),
        bootQueuedAt: undefined,
        bootStartedAt: undefined,
        provisioningStartedAt: new Date(),
      },
      [
        ...accepted,
        {
          type: 'provisioning-started',
          message: `A new attempt has started; ${replaced.length} stuck pods were replaced`,
          details: { replacedPods: replaced },
        },
      ],
    );
  }

  /** A retry that can't help is said so, and the store stays as it is. */
  async refuse(pass: StorePass, diagnosis: Diagnosis): Promise<void> {
    const { reason, message, remedy } = diagnosis;
    const { state } = pass.record;
    const patch = { retry: undefined, reason, message, remedy };
    const event: NewStoreEvent = {
      type: 'failed',
      message: `A new attempt is of no use: ${message}`,
      details: { reason },
    };
    if (state === 'FAILED' || reason === 'VolumeBeingDeleted') {
      await pass.patch(patch, [{ ...event, type: 'attempt-failed' }]);
    } else {
      await pass.transition('FAILED', patch, [event]);
    }
  }

  async endPause(pass: StorePass): Promise<void> {
    await pass.patch(
      { pausedUntil: undefined, pauseReason: undefined, pausedBy: undefined },
      [{ type: 'resumed', message: 'The pause is over' }],
    );
  }

  /** Everything from the beginning, but rendered once a generation only. */
  private applyAgain(pass: StorePass, acceptDataLoss: boolean): StorePatch {
    const unrendered = UNRENDERED.includes(appliedStage(pass.record));
    const changes: ConditionChange[] = [
      {
        type: 'Applied',
        status: 'Unknown',
        reason: unrendered ? APPLIED.requested : APPLIED.rendered,
      },
    ];
    // Whether the namespace is still there is found out by making it.
    if (acceptDataLoss || pass.record.reason === 'NamespaceConflict') {
      changes.push({ type: 'NamespaceReady', status: 'Unknown' });
    }
    return conditions(pass, ...changes);
  }

  private async replaceStuckPods(pass: StorePass): Promise<string[]> {
    const { client } = this.options;
    const { signal } = pass;
    const { namespace } = pass.record;
    const pods = await client.list<PodObject>({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      signal,
    });
    const stuck = pods.filter(
      pod =>
        isImageTrial(pod) ||
        (!isPodReady(pod) &&
          !pod.metadata.deletionTimestamp &&
          ['database', 'shop'].includes(
            pod.metadata.labels?.['app.kubernetes.io/component'] ?? '',
          )),
    );
    for (const { apiVersion, kind, metadata } of stuck) {
      await pass.checkpoint();
      await retryShortLived(
        () =>
          client.delete(
            { apiVersion, kind, metadata: { name: metadata.name, namespace } },
            { uid: metadata.uid, signal },
          ),
        { signal },
      );
    }
    return stuck.map(({ metadata }) => metadata.name);
  }
}

function isRetriedUpgrade({ record }: StorePass): boolean {
  return (
    isUpgradePending(record) || appliedStage(record) === APPLIED.upgradeFailed
  );
}

function replacedEvents(replaced: readonly string[]): NewStoreEvent[] {
  return replaced.length === 0
    ? []
    : [
        {
          type: 'repaired',
          message: `Stuck pods were replaced: ${replaced.join(', ')}`,
          details: { replacedPods: [...replaced] },
        },
      ];
}
