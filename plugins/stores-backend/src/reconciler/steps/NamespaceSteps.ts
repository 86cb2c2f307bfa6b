import { NONCE_ANNOTATION } from '@storeyard/backstage-plugin-stores-common';
import {
  type ClusterClient,
  type DriftFinding,
  isConflict,
  type KubernetesObject,
  type NamespaceObject,
  retryShortLived,
} from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import type { StoreChart } from '../../helm';
import type { OpenCluster } from '../ClusterGate';
import { NamespaceConflictError } from '../NamespaceConflictError';
import type { StoreDesign } from '../StoreDesign';
import {
  buildNamespace,
  buildRoleBinding,
  type PlatformAccount,
} from '../storeObjects';
import { beginRepairs } from '../storeRepairs';
import type { StorePass } from '../StorePass';
import { sayFindings } from './describeFindings';
import type { GenerationSteps } from './GenerationSteps';
import { conditions, progress } from './progress';
import { tellRepairs } from './tellRepairs';

export interface NamespaceStepsOptions {
  client: ClusterClient;
  generations: GenerationSteps;
  design: StoreDesign;
  chart: StoreChart;
  account: PlatformAccount;
}

/** Makes the store's namespace, and gives the orchestrator its rights in there. */
export class NamespaceSteps {
  static create(options: NamespaceStepsOptions): NamespaceSteps {
    return new NamespaceSteps(options);
  }

  private constructor(private readonly options: NamespaceStepsOptions) {}

  /** Creates, never applies: an apply would merge into somebody else's namespace. On a conflict the nonce decides. */
  async createNamespace(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { client, design, generations } = this.options;
    const { record, signal } = pass;
    const { values } = await generations.load(pass, record.generation);
    const namespace = buildNamespace({
      record,
      installationId: cluster.installation.id,
      podSecurityVersion: await design.podSecurityVersion(values),
    });
    await pass.checkpoint();
    try {
      await client.create(namespace, { signal });
    } catch (error) {
      if (!isConflict(error)) throw error;
      await this.expectOurs(pass, namespace);
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

  /** What the namespace shall bear, whatever was done to it by hand. */
  async wanted(
    record: StoreRecord,
    cluster: OpenCluster,
  ): Promise<KubernetesObject> {
    const { chart, design } = this.options;
    return buildNamespace({
      record,
      installationId: cluster.installation.id,
      podSecurityVersion: await design.podSecurityVersion(
        await chart.installationValues(),
      ),
    });
  }

  /** Puts our labels and annotations back, on the namespace of this uid only. */
  async repairNamespace(
    pass: StorePass,
    cluster: OpenCluster,
    options: { uid: string; findings: readonly DriftFinding[] },
  ): Promise<void> {
    const { client } = this.options;
    const { record, signal } = pass;
    const { uid, findings } = options;
    const namespace = await this.wanted(record, cluster);
    await pass.patch({ repairs: beginRepairs(record, findings) });
    await retryShortLived(() => client.apply(namespace, { uid, signal }), {
      signal,
    });
    pass.logger.info(
      `reconcile: repaired store '${record.id}': ${sayFindings(findings)}`,
    );
    await tellRepairs(pass);
  }

  /** Without it the store's Secrets and its release can neither be written nor removed. */
  async bindRole(pass: StorePass, cluster: OpenCluster): Promise<void> {
    const { account, client } = this.options;
    const { record, signal } = pass;
    const binding = buildRoleBinding({
      record,
      installationId: cluster.installation.id,
      account,
    });
    try {
      await retryShortLived(() => client.create(binding, { signal }), {
        signal,
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  private async expectOurs(
    pass: StorePass,
    wanted: KubernetesObject,
  ): Promise<void> {
    const { record, signal } = pass;
    const found = await this.options.client.get<NamespaceObject>(wanted, {
      signal,
    });
    if (!found) {
      throw new Error(`Namespace '${record.namespace}' has just gone`);
    }
    const { annotations, creationTimestamp, deletionTimestamp } =
      found.metadata;
    if (annotations?.[NONCE_ANNOTATION] === record.nonce) {
      if (!deletionTimestamp) return;
      throw new Error(
        `Namespace '${record.namespace}' is still being deleted, since ${deletionTimestamp}`,
      );
    }
    throw new NamespaceConflictError(
      `Namespace '${record.namespace}' is there since ${creationTimestamp} and does not carry this store's nonce, expected to create it`,
    );
  }
}
