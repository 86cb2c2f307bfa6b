import type { JsonObject } from '@backstage/types';
import {
  applyInOrder,
  type ClusterClient,
  describeObject,
  isConflict,
  type KubernetesObject,
  type NamespaceObject,
  retryShortLived,
} from '../../cluster';
import { NONCE_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import type {
  StoreGeneration,
  StorePatch,
  StoreRepository,
} from '../../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import type { ChartRenderer, StoreChart } from '../../helm';
import type { OpenCluster } from '../ClusterGate';
import { NamespaceConflictError } from '../NamespaceConflictError';
import {
  APPLIED,
  type ConditionChange,
  withConditions,
} from '../storeConditions';
import type { StoreDesign } from '../StoreDesign';
import {
  buildNamespace,
  buildRoleBinding,
  buildSecrets,
  type PlatformAccount,
} from '../storeObjects';
import type { StorePass } from '../StorePass';

export interface ApplyStepsOptions {
  client: ClusterClient;
  repository: StoreRepository;
  renderer: ChartRenderer;
  chart: StoreChart;
  design: StoreDesign;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  account: PlatformAccount;
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

  /** Renders the generation and keeps it: later passes apply what is kept, whatever chart lies on the disk then. */
  async render(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { record } = pass;
    const kept =
      (await this.options.repository.getGeneration(
        record.id,
        record.generation,
      )) ?? (await this.renderGeneration(pass, cluster));
    const { chartVersion, imageVersion, objects } = kept;
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, {
          type: 'Applied',
          status: 'Unknown',
          reason: APPLIED.rendered,
        }),
        chartVersion,
        imageVersion,
      },
      [
        {
          type: 'rendered',
          message: `Helm rendered ${objects.length} objects from chart ${chartVersion} with image ${imageVersion}`,
          details: { chartVersion, imageVersion, objects: objects.length },
        },
      ],
    );
  }

  /** Creates, never applies: an apply would merge into somebody else's namespace. On a conflict the nonce decides. */
  async createNamespace(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { record, signal } = pass;
    const generation = await this.generation(pass);
    await pass.checkpoint();
    const namespace = buildNamespace({
      record,
      installationId: cluster.installation.id,
      podSecurityVersion: await this.options.design.podSecurityVersion(
        generation.values,
      ),
    });
    try {
      await this.options.client.create(namespace, { signal });
    } catch (error) {
      if (!isConflict(error)) throw error;
      await this.expectOurNamespace(pass, namespace);
    }
    await pass.patch(
      {
        ...progress(pass),
        ...conditions(pass, { type: 'NamespaceReady', status: 'True' }),
      },
      [
        {
          type: 'namespace-created',
          message: `Namespace '${record.namespace}' is there`,
        },
      ],
    );
  }

  async applySecrets(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const secrets = await this.writeSecrets(pass, cluster);
    const names = secrets.map(({ metadata }) => `'${metadata.name}'`);
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
    const { objects } = await this.generation(pass);
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
    const { objects } = await this.generation(pass);
    const created = [
      ...(await this.createSecrets(pass, cluster)),
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

  private async writeSecrets(
    pass: StorePass,
    cluster: OpenCluster,
  ): Promise<KubernetesObject[]> {
    await this.createSecrets(pass, cluster);
    return this.secrets(pass, cluster);
  }

  private async createSecrets(
    pass: StorePass,
    cluster: OpenCluster,
  ): Promise<KubernetesObject[]> {
    await pass.checkpoint();
    await this.bindRole(pass, cluster);
    return await this.apply(pass, this.secrets(pass, cluster));
  }

  /** Also the first step of a deletion: without it the store's Secrets and release can't be removed. */
  async bindRole(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const binding = buildRoleBinding({
      record: pass.record,
      installationId: cluster.installation.id,
      account: this.options.account,
    });
    const { signal } = pass;
    try {
      await retryShortLived(
        () => this.options.client.create(binding, { signal }),
        { signal },
      );
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  private secrets(pass: StorePass, cluster: OpenCluster): KubernetesObject[] {
    const { record } = pass;
    return buildSecrets({
      record,
      installationId: cluster.installation.id,
      secrets: this.options.engines.get(record.engine).secrets({
        storeId: record.id,
        derived: this.options.derived,
      }),
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

  private async generation(
    pass: StorePass,
  ): Promise<{ values: JsonObject; objects: KubernetesObject[] }> {
    const { id, generation } = pass.record;
    const kept = await this.options.repository.getGeneration(id, generation);
    if (!kept) {
      throw new Error(
        `Store '${id}' has no rendered generation ${generation}, expected it to be kept`,
      );
    }
    return { values: kept.values, objects: kept.objects.map(asObject) };
  }

  private async renderGeneration(
    pass: StorePass,
    { capabilities, installation }: OpenCluster,
  ): Promise<StoreGeneration> {
    const { chart, design, renderer, repository } = this.options;
    const { record, signal } = pass;
    const values = await design.values({
      record,
      installationId: installation.id,
    });
    const objects = await renderer.render({
      chart: chart.path,
      release: record.id,
      namespace: record.namespace,
      values,
      isUpgrade: record.generation > 1,
      capabilities,
      signal,
    });
    return await repository.saveGeneration({
      storeId: record.id,
      generation: record.generation,
      plan: record.plan,
      parameters: record.parameters,
      chartVersion: await chart.version(),
      imageVersion: await design.imageVersion(values),
      values,
      objects: objects.map(asJson),
    });
  }

  private async expectOurNamespace(
    pass: StorePass,
    wanted: KubernetesObject,
  ): Promise<void> {
    const { record, signal } = pass;
    const found = await this.options.client.get<NamespaceObject>(wanted, {
      signal,
    });
    if (found?.metadata.annotations?.[NONCE_ANNOTATION] === record.nonce) {
      return;
    }
    if (!found)
      throw new Error(`Namespace '${record.namespace}' has just gone`);
    throw new NamespaceConflictError(
      `Namespace '${record.namespace}' is there since ${found.metadata.creationTimestamp} and does not carry this store's nonce, expected to create it`,
    );
  }
}

/** A step that worked ends a series of attempts; what a FAILED store says stays until it serves. */
export function progress(pass: StorePass): StorePatch {
  const attempts = { attempt: 0, nextAttemptAt: undefined };
  return pass.record.state === 'FAILED'
    ? attempts
    : {
        ...attempts,
        reason: undefined,
        message: undefined,
        remedy: undefined,
      };
}

function conditions(
  pass: StorePass,
  ...changes: ConditionChange[]
): Pick<StorePatch, 'conditions'> {
  return { conditions: withConditions(pass.record, changes, new Date()) };
}

function asJson(object: KubernetesObject): JsonObject {
  return JSON.parse(JSON.stringify(object));
}

function asObject(json: JsonObject): KubernetesObject {
  return JSON.parse(JSON.stringify(json));
}
