import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ClusterClient, KubernetesObject } from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import { isJsonObject, type StoreChart } from '../helm';
import { checkUpgrade, storageSizes } from './checkUpgrade';
import type { ClusterGate } from './ClusterGate';
import type { StoreDesign } from './StoreDesign';
import { appliedGeneration } from './storeConditions';

const DEFAULT_CLASS_ANNOTATION = 'storageclass.kubernetes.io/is-default-class';

interface StorageClassObject extends KubernetesObject {
  allowVolumeExpansion?: boolean;
}

export interface UpgradeCheckOptions {
  client: ClusterClient;
  repository: StoreRepository;
  chart: StoreChart;
  design: StoreDesign;
  gate: ClusterGate;
}

/** Refuses upgrades that can't be: Kubernetes shrinks no volume, and grows one only where its class allows it. */
export class UpgradeCheck {
  static create(options: UpgradeCheckOptions): UpgradeCheck {
    return new UpgradeCheck(options);
  }

  private constructor(private readonly options: UpgradeCheckOptions) {}

  /** @throws InputError that names what can't be changed */
  async check(
    record: StoreRecord,
    wanted: { plan: string; parameters: JsonObject },
  ): Promise<void> {
    const { chart, design, repository } = this.options;
    const applied = await repository.getGeneration(
      record.id,
      appliedGeneration(record),
    );
    // Nothing was made yet whose size could be wrong.
    if (!applied) return;
    const next = await chart.effectiveValues(
      await design.values({
        record: { ...record, ...wanted },
        installationId: '',
      }),
    );
    const current = await chart.effectiveValues(applied.values);
    const problems = checkUpgrade({
      current: storageSizes(current),
      next: storageSizes(next),
      canGrow: () => this.canGrow(current),
    });
    const found = await problems;
    if (found.length > 0) throw new InputError(found.join('; '));
  }

  /** @returns why not, or undefined when it can */
  private async canGrow(values: JsonObject): Promise<string | undefined> {
    const { client, gate } = this.options;
    await gate.open();
    const { items } = await client.read<{ items: StorageClassObject[] }>(
      '/apis/storage.k8s.io/v1/storageclasses',
    );
    const wanted = isJsonObject(values) ? values.storageClassName : undefined;
    const found = items.find(({ metadata }) =>
      wanted
        ? metadata.name === wanted
        : metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true',
    );
    if (!found) {
      return `there is no storage class '${wanted || 'by default'}'`;
    }
    return found.allowVolumeExpansion
      ? undefined
      : `the storage class '${found.metadata.name}' does not let volumes grow`;
  }
}
