import {
  type AppliedObject,
  applyInOrder,
  type ClusterClient,
  type DriftFinding,
  type KubernetesObject,
} from '../../cluster';
import type { StoreRepository } from '../../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import type { OpenCluster } from '../ClusterGate';
import { type LoopMetrics, noMetrics } from '../LoopMetrics';
import { appliedGeneration, findCondition } from '../storeConditions';
import type { StoreDrift } from '../StoreDrift';
import { buildSecrets } from '../storeObjects';
import { beginRepairs } from '../storeRepairs';
import type { StorePass } from '../StorePass';
import { listFindings, sayFindings } from './describeFindings';
import type { NamespaceSteps } from './NamespaceSteps';
import { conditions } from './progress';
import { retakeFromStrangers } from './retakeFromStrangers';
import { tellRepairs } from './tellRepairs';

export interface RepairStepsOptions {
  client: ClusterClient;
  repository: StoreRepository;
  namespaces: NamespaceSteps;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  drift: StoreDrift;
  metrics?: LoopMetrics;
  /** Writes the ConfigMap that says that there is data. */
  keepFacts(pass: StorePass, cluster: OpenCluster): Promise<void>;
  /** Told of each store that was repaired. */
  onRepaired?(storeId: string): void;
}

/** Puts back what drifted: takes strangers' fields over, applies the objects again, and says what it was and by whom. */
export class RepairSteps {
  static create(options: RepairStepsOptions): RepairSteps {
    return new RepairSteps(options);
  }

  private constructor(private readonly options: RepairStepsOptions) {}

  async repair(
    pass: StorePass,
    findings: readonly DriftFinding[],
    cluster: OpenCluster,
  ): Promise<void> {
    const begun = performance.now();
    const { client, drift, metrics = noMetrics, onRepaired } = this.options;
    const { id } = pass.record;
    const objects = await this.wanted(pass, findings, cluster);
    await pass.patch({ repairs: beginRepairs(pass.record, findings) });
    await this.repairBinding(pass, findings, cluster);
    for (const object of objects) {
      await retakeFromStrangers({ client, drift, pass, object });
    }
    if (findings.some(({ object }) => object.kind === 'ConfigMap')) {
      await this.options.keepFacts(pass, cluster);
    }
    const gone = new Set(
      findings
        .filter(({ type }) => type === 'gone')
        .map(({ object }) => nameOf(object)),
    );
    await this.apply(pass, objects, object =>
      gone.has(nameOf(object)) ? undefined : drift.uidOf(object),
    );
    drift.takeBack(id, findings);
    metrics.repaired(findings.length);
    const milliseconds = Math.round(performance.now() - begun);
    pass.logger.info(
      `reconcile: repaired store '${id}' in ${milliseconds} ms: ${sayFindings(
        findings,
      )}`,
    );
    onRepaired?.(id);
    await tellRepairs(pass);
  }

  /** Tells of repairs that were begun before a crash, or another end of their pass, and are found done. */
  async tellInterrupted(pass: StorePass): Promise<void> {
    await tellRepairs(
      pass,
      'Was being put right when the work on it was interrupted, and is right: ',
    );
  }

  /** Says what is not as we applied it, without putting it back; nothing is written for what was said already. */
  async report(
    pass: StorePass,
    findings: readonly DriftFinding[],
  ): Promise<void> {
    const known = findCondition(pass.record, 'Drifted');
    const drifted = findings.length > 0;
    const message = drifted ? sayFindings(findings) : undefined;
    if ((known?.status === 'True') === drifted && known?.message === message) {
      return;
    }
    await pass.patch(
      conditions(pass, {
        type: 'Drifted',
        status: drifted ? 'True' : 'False',
        ...(message && { message }),
      }),
      drifted
        ? [
            {
              type: 'drift-found',
              message: sayFindings(findings),
              details: listFindings(findings),
            },
          ]
        : [],
    );
  }

  /** Forgets what was remembered of a store that is gone. */
  forget(storeId: string): void {
    this.options.drift.forget(storeId);
  }

  /** The objects that findings are about, as they shall be. */
  private async wanted(
    pass: StorePass,
    findings: readonly DriftFinding[],
    cluster: OpenCluster,
  ): Promise<KubernetesObject[]> {
    const { derived, engines, repository } = this.options;
    const { record } = pass;
    const names = new Set(findings.map(({ object }) => nameOf(object)));
    const kept = await repository.getGeneration(
      record.id,
      appliedGeneration(record),
    );
    const rendered: KubernetesObject[] = JSON.parse(
      JSON.stringify(kept?.objects ?? []),
    );
    const secrets = buildSecrets({
      record,
      installationId: cluster.installation.id,
      secrets: engines
        .get(record.engine)
        .secrets({ storeId: record.id, derived }),
    });
    return [...rendered, ...secrets].filter(object =>
      names.has(nameOf(object)),
    );
  }

  /** A role binding can't be pointed elsewhere: it is made anew. */
  private async repairBinding(
    pass: StorePass,
    findings: readonly DriftFinding[],
    cluster: OpenCluster,
  ): Promise<void> {
    const finding = findings.find(
      ({ object }) => object.kind === 'RoleBinding',
    );
    if (!finding) return;
    const { client, drift, namespaces } = this.options;
    await pass.checkpoint();
    const live = await drift.live(finding.object, pass.signal);
    if (live) {
      await client.delete(finding.object, {
        uid: live.metadata.uid,
        signal: pass.signal,
      });
    }
    await namespaces.bindRole(pass, cluster);
  }

  private async apply(
    pass: StorePass,
    objects: readonly KubernetesObject[],
    uidOf: (object: KubernetesObject) => string | undefined,
  ): Promise<AppliedObject[]> {
    return await applyInOrder({
      client: this.options.client,
      objects,
      checkpoint: () => pass.checkpoint(),
      uidOf,
      signal: pass.signal,
    });
  }
}

function nameOf({ kind, metadata }: DriftFinding['object']): string {
  return `${kind}/${metadata.name}`;
}
