import {
  type ClusterClient,
  isConflict,
  type PodObject,
  retryShortLived,
} from '../../cluster';
import type { OpenCluster } from '../ClusterGate';
import type { Diagnosis } from '../Diagnosis';
import { describeStoreReason } from '@storeyard/backstage-plugin-stores-common';
import {
  buildImageTrial,
  IMAGE_TRIAL_SELECTOR,
  newImages,
} from '../imageTrial';
import { APPLIED, appliedStage } from '../storeConditions';
import type { StorePass } from '../StorePass';
import type { GenerationSteps } from './GenerationSteps';
import { conditions } from './progress';

export interface UpgradeStepsOptions {
  client: ClusterClient;
  generations: GenerationSteps;
}

/** The steps of an upgrade up to the switch. Until then the generation before goes on, whatever they find. */
export class UpgradeSteps {
  static create(options: UpgradeStepsOptions): UpgradeSteps {
    return new UpgradeSteps(options);
  }

  private constructor(private readonly options: UpgradeStepsOptions) {}

  /** Pulls what the generation in the cluster doesn't have, in a pod that does nothing else. */
  async tryImages(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { client, generations } = this.options;
    const { record, signal } = pass;
    const next = await generations.load(pass, record.generation);
    const present = await generations.load(pass, record.observedGeneration);
    const containers = newImages(present.objects, next.objects);
    if (containers.length > 0) {
      const pod = buildImageTrial({
        record,
        installationId: cluster.installation.id,
        objects: next.objects,
        containers,
      });
      await pass.checkpoint();
      try {
        await retryShortLived(() => client.create(pod, { signal }), { signal });
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
    const reason = containers.length > 0 ? APPLIED.trial : APPLIED.tried;
    if (appliedStage(record) === reason) return;
    await pass.patch(
      conditions(pass, { type: 'Applied', status: 'Unknown', reason }),
    );
  }

  /** From here on the new generation is put in the old one's place. */
  async switchGeneration(pass: StorePass): Promise<void> {
    const { record } = pass;
    await this.removeTrial(pass);
    const rendered = appliedStage(record) !== undefined;
    await pass.transition(
      'PROVISIONING',
      {
        reason: 'Upgrading',
        message: `Generation ${record.generation} takes the place of ${record.observedGeneration}`,
        remedy: undefined,
        attempt: 0,
        nextAttemptAt: undefined,
        bootQueuedAt: undefined,
        bootStartedAt: undefined,
        provisioningStartedAt: new Date(),
        ...conditions(pass, {
          type: 'Applied',
          status: 'Unknown',
          reason: rendered ? APPLIED.rendered : APPLIED.requested,
        }),
      },
      [
        {
          type: 'upgrading',
          message: `The switch to generation ${record.generation} begins`,
          details: {
            from: record.observedGeneration,
            to: record.generation,
          },
        },
      ],
    );
  }

  /** The generation in the cluster goes on; a retry or another upgrade tries again. */
  async fail(pass: StorePass, diagnosis: Diagnosis): Promise<void> {
    await this.removeTrial(pass);
    const { generation, observedGeneration } = pass.record;
    const message = `The upgrade to generation ${generation} failed, generation ${observedGeneration} goes on: ${diagnosis.reason}: ${diagnosis.message}`;
    pass.logger.warn(`reconcile: ${message}`);
    await pass.patch(
      {
        reason: 'UpgradeFailed',
        message,
        remedy: diagnosis.remedy ?? describeStoreReason('UpgradeFailed').remedy,
        attempt: 0,
        nextAttemptAt: undefined,
        ...conditions(pass, {
          type: 'Applied',
          status: 'False',
          reason: APPLIED.upgradeFailed,
          message,
        }),
      },
      [
        {
          type: 'upgrade-failed',
          message,
          details: { reason: diagnosis.reason, generation },
        },
      ],
    );
  }

  /** Those of upgrades that were overtaken too. */
  private async removeTrial(pass: StorePass): Promise<void> {
    const { client } = this.options;
    const { record, signal } = pass;
    const { namespace } = record;
    const trials = await client.list<PodObject>({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      labelSelector: IMAGE_TRIAL_SELECTOR,
      signal,
    });
    for (const { apiVersion, kind, metadata } of trials) {
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
  }
}
