import {
  type AppliedObject,
  applyInOrder,
  type ClusterClient,
  type DriftFinding,
  isConflict,
  type KubernetesObject,
  retakeFields,
} from '../../cluster';
import type { NewStoreEvent } from '../../database/NewStoreEvent';
import type { StoreRepository } from '../../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../../engines';
import { asAnswer } from '../asAnswer';
import type { OpenCluster } from '../ClusterGate';
import type { DriftTruce } from '../DriftTruce';
import { type LoopMetrics, noMetrics } from '../LoopMetrics';
import {
  appliedGeneration,
  findCondition,
  withConditions,
} from '../storeConditions';
import type { StoreDrift } from '../StoreDrift';
import { buildSecrets } from '../storeObjects';
import type { StorePass } from '../StorePass';
import type { NamespaceSteps } from './NamespaceSteps';
import { conditions } from './progress';

const ATTEMPTS_TO_RETAKE = 3;
const SAID_AT_MOST = 20;

export interface RepairStepsOptions {
  client: ClusterClient;
  repository: StoreRepository;
  namespaces: NamespaceSteps;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  drift: StoreDrift;
  truce: DriftTruce;
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
    const { drift, metrics = noMetrics, onRepaired } = this.options;
    const { id } = pass.record;
    const objects = await this.wanted(pass, findings, cluster);
    await this.repairBinding(pass, findings, cluster);
    for (const object of objects) await this.retake(pass, object);
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
      `reconcile: repaired store '${id}' in ${milliseconds} ms: ${say(
        findings,
      )}`,
    );
    onRepaired?.(id);
    await this.tell(pass, findings);
  }

  /** Says what is not as we applied it, without putting it back; nothing is written for what was said already. */
  async report(
    pass: StorePass,
    findings: readonly DriftFinding[],
  ): Promise<void> {
    const known = findCondition(pass.record, 'Drifted');
    const drifted = findings.length > 0;
    const message = drifted ? say(findings) : undefined;
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
              message: say(findings),
              details: list(findings),
            },
          ]
        : [],
    );
  }

  /** Forgets what was remembered of a store that is gone. */
  forget(storeId: string): void {
    this.options.drift.forget(storeId);
  }

  private async tell(
    pass: StorePass,
    findings: readonly DriftFinding[],
  ): Promise<void> {
    const { truce } = this.options;
    const fought = findings.filter(finding =>
      truce.noteRepair(pass.record.id, finding),
    );
    const events: NewStoreEvent[] = [
      { type: 'repaired', message: say(findings), details: list(findings) },
    ];
    if (fought.length > 0) {
      events.push({
        type: 'drift-found',
        message: `Comes back again and again and is left alone for five minutes: ${say(
          fought,
        )}`,
        details: list(fought),
      });
    }
    await pass.tell(events, record =>
      fought.length > 0 || findCondition(record, 'Drifted')
        ? {
            conditions: withConditions(
              record,
              [
                {
                  type: 'Drifted',
                  status: fought.length > 0 ? 'True' : 'False',
                  ...(fought.length > 0 && { message: say(fought) }),
                },
              ],
              new Date(),
            ),
          }
        : {},
    );
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

  /** Moves what strangers hold and we never applied to our own entry, so that the apply takes it away. */
  private async retake(
    pass: StorePass,
    object: KubernetesObject,
  ): Promise<void> {
    const { client, drift } = this.options;
    const { record, signal } = pass;
    const answer = (await drift.answerOf(record, object)) ?? asAnswer(object);
    let live = await drift.live(object, signal);
    for (let attempt = 1; live; attempt += 1) {
      const managedFields = retakeFields({ answer, live });
      if (!managedFields) return;
      await pass.checkpoint();
      try {
        await client.patch(
          object,
          {
            operations: [
              {
                op: 'replace',
                path: '/metadata/managedFields',
                value: managedFields,
              },
              // Refused when somebody was quicker: the fields would be another's by then.
              {
                op: 'replace',
                path: '/metadata/resourceVersion',
                value: live.metadata.resourceVersion,
              },
            ],
          },
          { signal },
        );
        return;
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS_TO_RETAKE) throw error;
        live = await client.get(object, { signal });
      }
    }
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

function say(findings: readonly DriftFinding[]): string {
  const said = findings.slice(0, SAID_AT_MOST).map(({ message }) => message);
  const more = findings.length - said.length;
  return [...said, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function list(findings: readonly DriftFinding[]) {
  return {
    findings: findings.slice(0, SAID_AT_MOST).map(finding => ({
      kind: finding.object.kind,
      name: finding.object.metadata.name,
      type: finding.type,
      message: finding.message,
      ...(finding.manager && { manager: finding.manager }),
    })),
  };
}
