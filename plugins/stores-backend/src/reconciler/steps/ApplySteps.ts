import {
  applyInOrder,
  type ClusterClient,
  describeObject,
  type KubernetesObject,
} from '../../cluster';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import type { OpenCluster } from '../ClusterGate';
import { APPLIED } from '../storeConditions';
import { buildSecrets } from '../storeObjects';
import type { StorePass } from '../StorePass';
import type { GenerationSteps } from './GenerationSteps';
import type { NamespaceSteps } from './NamespaceSteps';
import { conditions, progress } from './progress';

export interface ApplyStepsOptions {
  client: ClusterClient;
  generations: GenerationSteps;
  namespaces: NamespaceSteps;
  engines: EngineRegistry;
  derived: DerivedSecrets;
}

/** The steps that bring a generation into the cluster. Each may be repeated at any time and ends in the same state. */
export class ApplySteps {
  static create(options: ApplyStepsOptions): ApplySteps {
    return new ApplySteps(options);
  }

  private constructor(private readonly options: ApplyStepsOptions) {}

  async begin(pass: StorePass): Promise<void> {
    pass.logger.info(`provision: work on store '${pass.record.id}' begins`);
    await pass.transition(
      'PROVISIONING',
      { ...progress(pass), provisioningStartedAt: new Date() },
      [{ type: 'provisioning-started', message: 'Provisioning has started' }],
    );
  }

  async applySecrets(pass: StorePass, cluster: OpenCluster): Promise<void> {
    await this.writeSecrets(pass, cluster);
    const names = this.secrets(pass, cluster).map(
      ({ metadata }) => `'${metadata.name}'`,
    );
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, {
          type: 'Applied',
          status: 'False',
          reason: APPLIED.secrets,
        }),
      },
      [
        {
          type: 'secrets-applied',
          message: `Secrets ${names.join(' and ')} are there`,
        },
      ],
    );
  }

  async applyObjects(pass: StorePass): Promise<void> {
    const { objects } = await this.options.generations.load(pass);
    await this.apply(pass, objects);
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, {
          type: 'Applied',
          status: 'True',
          reason: APPLIED.objects,
        }),
        observedGeneration: pass.record.generation,
      },
      [
        {
          type: 'applied',
          message: `All ${objects.length} objects are applied`,
          details: { objects: objects.length },
        },
      ],
    );
  }

  /**
   * Writes rights, secrets and objects again; the API server writes only what differs. Volume claims are left out: one
   * that is gone took data along, and an empty one in its place would hide that.
   */
  async reapply(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { objects } = await this.options.generations.load(pass);
    const created = [
      ...(await this.writeSecrets(pass, cluster)),
      ...(await this.apply(
        pass,
        objects.filter(({ kind }) => kind !== 'PersistentVolumeClaim'),
      )),
    ];
    if (pass.record.attempt > 0) {
      await pass.patch({ attempt: 0, nextAttemptAt: undefined });
    }
    if (created.length > 0) {
      const names = created.map(describeObject).join(', ');
      pass.logger.info(`reconcile: made again ${names}`);
      await pass.patch({}, [
        { type: 'repaired', message: `Was gone and is there again: ${names}` },
      ]);
    }
  }

  /** The namespace went away before the store had data: everything is made again. */
  async startOver(pass: StorePass): Promise<void> {
    const { namespace } = pass.record;
    pass.logger.info(
      `reconcile: namespace '${namespace}' is gone, the application starts over`,
    );
    await pass.patch(
      conditions(
        pass,
        {
          type: 'NamespaceReady',
          status: 'False',
          message: `Namespace '${namespace}' was deleted`,
        },
        { type: 'Applied', status: 'Unknown', reason: APPLIED.rendered },
      ),
    );
  }

  /** Returns those that were not there. */
  private async writeSecrets(
    pass: StorePass,
    cluster: OpenCluster,
  ): Promise<KubernetesObject[]> {
    await pass.checkpoint();
    await this.options.namespaces.bindRole(pass, cluster);
    return await this.apply(pass, this.secrets(pass, cluster));
  }

  private secrets(pass: StorePass, cluster: OpenCluster): KubernetesObject[] {
    const { derived, engines } = this.options;
    const { record } = pass;
    return buildSecrets({
      record,
      installationId: cluster.installation.id,
      secrets: engines
        .get(record.engine)
        .secrets({ storeId: record.id, derived }),
    });
  }

  private async apply(
    pass: StorePass,
    objects: readonly KubernetesObject[],
  ): Promise<KubernetesObject[]> {
    return await applyInOrder({
      client: this.options.client,
      objects,
      checkpoint: () => pass.checkpoint(),
      signal: pass.signal,
    });
  }
}
