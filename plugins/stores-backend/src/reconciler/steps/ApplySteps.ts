import {
  type AppliedObject,
  applyInOrder,
  type ClusterClient,
  describeObject,
  type KubernetesObject,
} from '../../cluster';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import type { OpenCluster } from '../ClusterGate';
import {
  APPLIED,
  appliedGeneration,
  appliedStage,
  hasData,
} from '../storeConditions';
import { buildSecrets } from '../storeObjects';
import type { StorePass } from '../StorePass';
import { claimGrowth } from '../claimGrowth';
import type { FactsSteps } from './FactsSteps';
import type { GenerationSteps } from './GenerationSteps';
import type { NamespaceSteps } from './NamespaceSteps';
import { conditions, progress } from './progress';
import type { PruneSteps } from './PruneSteps';

export interface ApplyStepsOptions {
  client: ClusterClient;
  generations: GenerationSteps;
  namespaces: NamespaceSteps;
  prune: PruneSteps;
  facts: FactsSteps;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  /** The uid of an object that is known to be there: when it is gone by then, nothing is made in its place. */
  uidOf?(object: KubernetesObject): string | undefined;
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
      {
        ...progress(pass),
        provisioningStartedAt: new Date(),
        // So that stores boot in the order of their requests.
        bootQueuedAt: pass.record.createdAt,
      },
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

  /** All but the pods of database and shop, for which it isn't the store's turn yet. */
  async applyHeld(pass: StorePass): Promise<void> {
    const { generation } = pass.record;
    const { objects } = await this.options.generations.load(pass, generation);
    const applied = await this.apply(pass, objects.map(withoutPods));
    await this.options.generations.keepAnswers(pass, generation, applied);
    await pass.patch({
      ...progress(pass),
      ...conditions(pass, {
        type: 'Applied',
        status: 'False',
        reason: APPLIED.held,
      }),
    });
  }

  async applyObjects(pass: StorePass): Promise<void> {
    const { record } = pass;
    const { generation } = record;
    const { generations, prune } = this.options;
    const { chartVersion, imageVersion, objects } = await generations.load(
      pass,
      generation,
    );
    const held = appliedStage(record) === APPLIED.held;
    const applied = await this.apply(
      pass,
      held ? objects.filter(isWorkload) : await this.withGrowth(pass, objects),
    );
    await generations.keepAnswers(pass, generation, applied);
    const pruned = generation > 1 ? await prune.prune(pass, objects) : [];
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, {
          type: 'Applied',
          status: 'True',
          reason: APPLIED.objects,
        }),
        observedGeneration: generation,
        chartVersion,
        imageVersion,
      },
      [
        {
          type: 'applied',
          message: `All ${objects.length} objects are applied`,
          details: { objects: objects.length },
        },
        ...(pruned.length > 0
          ? [
              {
                type: 'pruned' as const,
                message: `Left the chart and were deleted: ${pruned.join(
                  ', ',
                )}`,
                details: { pruned },
              },
            ]
          : []),
      ],
    );
  }

  /**
   * Writes rights, secrets and objects again; the API server writes only what differs. Once there is data, volume claims
   * are left out: one that is gone took data along, and an empty one in its place would hide that.
   */
  async reapply(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { record } = pass;
    const { facts, generations } = this.options;
    const generation = appliedGeneration(record);
    const { objects } = await generations.load(pass, generation);
    const kept = hasData(record);
    const secrets = await this.writeSecrets(pass, cluster);
    if (kept) await facts.keep(pass, cluster);
    const applied = await this.apply(
      pass,
      objects.filter(({ kind }) => !kept || kind !== 'PersistentVolumeClaim'),
    );
    await generations.keepAnswers(pass, generation, applied);
    const created = [...secrets, ...applied].filter(each => each.created);
    if (created.length > 0) {
      const message = created
        .map(({ object }) => `${describeObject(object)} was deleted`)
        .join('; ');
      pass.logger.info(`reconcile: repaired store '${record.id}': ${message}`);
      await pass.tell([{ type: 'repaired', message }]);
    }
    if (record.attempt > 0) {
      await pass.patch({ attempt: 0, nextAttemptAt: undefined });
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

  /** Claims that there is data in are named by their uids: they may grow, and are never made anew. */
  private async withGrowth(
    pass: StorePass,
    objects: KubernetesObject[],
  ): Promise<KubernetesObject[]> {
    const { claimUids } = pass.record;
    if (!claimUids) return objects;
    return [
      ...objects.map(object => {
        const uid = claimUids[object.metadata.name];
        return object.kind === 'PersistentVolumeClaim' && uid
          ? { ...object, metadata: { ...object.metadata, uid } }
          : object;
      }),
      ...claimGrowth(objects, claimUids),
    ];
  }

  private async writeSecrets(
    pass: StorePass,
    cluster: OpenCluster,
  ): Promise<AppliedObject[]> {
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
  ): Promise<AppliedObject[]> {
    const { client, uidOf } = this.options;
    return await applyInOrder({
      client,
      objects,
      checkpoint: () => pass.checkpoint(),
      uidOf: object => object.metadata.uid ?? uidOf?.(object),
      signal: pass.signal,
    });
  }
}

function isWorkload({ kind }: KubernetesObject): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet';
}

function withoutPods(object: KubernetesObject): KubernetesObject {
  return isWorkload(object)
    ? { ...object, spec: { ...(object.spec as object), replicas: 0 } }
    : object;
}
