import type { JsonObject } from '@backstage/types';
import type {
  ContainerLog,
  ObserveOptions,
  ShopProbe,
  StoreObservation,
  StoreObserver,
} from '../cluster';
import type { StoreRecord, StoreRepository } from '../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../engines';
import { diagnoseLoss } from './diagnoseLoss';
import { maskSecrets } from './insight/maskSecrets';
import { DELETION_PATIENCE_SECONDS } from './planDeletion';
import type { ObservationSchedule } from './ObservationSchedule';
import type { StoreDrift } from './StoreDrift';
import {
  APPLIED,
  appliedGeneration,
  appliedStage,
  DELETION,
  findCondition,
  hasData,
} from './storeConditions';
import type { StoreDesign } from './StoreDesign';

/**
 * While the ingress says no, the cluster is asked for reasons this often, and less often the longer it takes; the probe
 * itself costs it nothing.
 */
const PROVISIONING_LOOK_MS = 3_000;
const UNHEALTHY_LOOK_MS = 15_000;
const LEFTOVERS_LOOK_MS = 10_000;

export interface StoreInspectorOptions {
  observer: StoreObserver;
  probe: ShopProbe;
  repository: StoreRepository;
  design: StoreDesign;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  schedule: ObservationSchedule;
  drift: StoreDrift;
}

/** Looks at what the next step of a store depends on, and at nothing else: API requests are what a busy cluster lacks. */
export class StoreInspector {
  static create(options: StoreInspectorOptions): StoreInspector {
    return new StoreInspector(options);
  }

  private readonly lastLeftovers = new Map<string, string[]>();

  private constructor(private readonly options: StoreInspectorOptions) {}

  async inspect(
    record: StoreRecord,
    options: { regular: boolean; signal: AbortSignal },
  ): Promise<StoreObservation> {
    const { signal } = options;
    const where = { namespace: record.namespace, nonce: record.nonce, signal };
    if (record.state === 'REQUESTED') return {};
    if (record.state === 'DELETING') return await this.remains(record, where);
    if (record.state === 'DELETED') {
      return { namespace: await this.options.observer.namespace(where) };
    }
    if (!isInPlace(record)) {
      return hasData(record) || record.retry
        ? await this.data(record, where)
        : {};
    }
    // What is only being applied is compared with nothing.
    const drift =
      record.state === 'PROVISIONING'
        ? undefined
        : await this.options.drift.judge(record, { signal });
    const { claims, namespace } =
      drift || options.regular || record.retry || hasData(record)
        ? await this.data(record, where)
        : { claims: undefined, namespace: undefined };
    const held = namespace?.exists && namespace.ours && !namespace.terminating;
    // With the namespace our right to look into it is gone, and there is nothing to see.
    if (namespace && !held) return { namespace, claims };
    const judged = held && {
      drift: drift?.found,
      driftLeft: drift?.left,
    };
    // What is to be put right doesn't wait for an answer of the shop.
    if (held && drift?.found.length && !isPaused(record)) {
      return { namespace, claims, ...judged };
    }
    const health = await this.health(record, where);
    return {
      ...health,
      ...(appliedStage(record) === APPLIED.trial && {
        pods: await this.options.observer.pods(where),
      }),
      claims: health.claims ?? claims,
      namespace: namespace ?? health.namespace,
      ...judged,
    };
  }

  /** What holds the store's data. */
  private async data(
    record: StoreRecord,
    where: ObserveOptions,
  ): Promise<Required<Pick<StoreObservation, 'namespace' | 'claims'>>> {
    const { observer } = this.options;
    const namespace = await observer.namespace(where);
    const seen = {
      namespace,
      claims: namespace.exists ? await observer.claims(where) : [],
    };
    const lost = diagnoseLoss(record, seen);
    return lost ? await observer.confirmData(where) : seen;
  }

  private async remains(
    record: StoreRecord,
    where: ObserveOptions,
  ): Promise<StoreObservation> {
    const { observer } = this.options;
    const namespace = await observer.namespace(where);
    if (!namespace.exists) {
      this.lastLeftovers.delete(record.id);
      return { namespace, volumes: await observer.volumes(where) };
    }
    if (!namespace.ours) return { namespace };
    if (namespace.terminating) {
      return { namespace, leftovers: await this.leftovers(record, where) };
    }
    const progress = findCondition(record, 'NamespaceReady')?.reason;
    const [pods, claims, workloads] = await Promise.all([
      observer.pods(where),
      observer.claims(where),
      progress === DELETION.releaseRemoved
        ? observer.workloads(where)
        : undefined,
    ]);
    return { namespace, workloads, pods, claims };
  }

  /** Named only when it takes long, and looked at seldom. */
  private async leftovers(
    record: StoreRecord,
    where: ObserveOptions,
  ): Promise<string[] | undefined> {
    const { observer, schedule } = this.options;
    if (
      schedule.secondsSince(record.id, 'deletion') <
        DELETION_PATIENCE_SECONDS ||
      !schedule.isDue(record.id, 'leftovers', LEFTOVERS_LOOK_MS)
    ) {
      return this.lastLeftovers.get(record.id);
    }
    schedule.note(record.id, 'leftovers');
    const found = await observer.leftovers(where);
    this.lastLeftovers.set(record.id, found);
    return found;
  }

  private async health(
    record: StoreRecord,
    where: ObserveOptions,
  ): Promise<StoreObservation> {
    const { observer, schedule } = this.options;
    const probe = await this.probe(record, where.signal);
    if (probe.ok) {
      return {
        probe,
        workloads: await observer.workloads(where),
        claims: await observer.claims(where),
      };
    }
    const waitingMs = schedule.secondsSince(record.id, 'apply') * 1000;
    const period =
      record.state === 'PROVISIONING'
        ? Math.min(
            UNHEALTHY_LOOK_MS,
            Math.max(PROVISIONING_LOOK_MS, waitingMs / 2),
          )
        : UNHEALTHY_LOOK_MS;
    if (!schedule.isDue(record.id, 'look', period)) return { probe };
    schedule.note(record.id, 'look');
    const causes = await this.causes(where);
    return { probe, ...causes, logs: this.withoutSecrets(record, causes.logs) };
  }

  /** What a container wrote becomes a message that more people read than its log. */
  private withoutSecrets(
    { id, engine }: StoreRecord,
    logs: readonly ContainerLog[] | undefined,
  ): ContainerLog[] | undefined {
    const { derived, engines } = this.options;
    const secrets = engines.get(engine).secrets({ storeId: id, derived });
    return logs?.map(log => ({
      ...log,
      text: maskSecrets(log.text.split('\n'), secrets).join('\n'),
    }));
  }

  /** Pods first: only when they show trouble, or there are none, is more asked for. */
  private async causes(where: ObserveOptions): Promise<StoreObservation> {
    const { observer } = this.options;
    const pods = await observer.pods(where);
    const troubled =
      pods.length === 0 ||
      pods.some(({ status }) =>
        [
          ...(status?.initContainerStatuses ?? []),
          ...(status?.containerStatuses ?? []),
        ].some(
          ({ restartCount, state }) =>
            (restartCount ?? 0) > 0 ||
            (state?.waiting?.reason &&
              !/^(ContainerCreating|PodInitializing)$/.test(
                state.waiting.reason,
              )),
        ),
      ) ||
      pods.some(({ status }) =>
        status?.conditions?.some(
          ({ type, status: is }) => type === 'PodScheduled' && is === 'False',
        ),
      );
    if (!troubled) return { pods };
    const [workloads, troubles, namespace] = await Promise.all([
      observer.workloads(where),
      observer.troubles({ ...where, pods }),
      observer.namespace(where),
    ]);
    return { pods, workloads, namespace, ...troubles };
  }

  private async probe(record: StoreRecord, signal?: AbortSignal) {
    const { derived, design, engines, probe } = this.options;
    const { storefront } = await design.urls({
      record,
      values: await this.values(record),
    });
    return await probe.probe({
      url: storefront,
      requests: engines
        .get(record.engine)
        .probeRequests({ storeId: record.id, derived }),
      signal,
    });
  }

  private async values(record: StoreRecord): Promise<JsonObject | undefined> {
    const generation = await this.options.repository.getGeneration(
      record.id,
      appliedGeneration(record),
    );
    return generation?.values;
  }
}

/** Whether something of the store is whole in the cluster: a new generation that waits leaves the one before. */
function isInPlace(record: StoreRecord): boolean {
  const stage = appliedStage(record);
  if (stage === APPLIED.objects || stage === APPLIED.upgradeFailed) return true;
  return ['READY', 'DEGRADED'].includes(record.state);
}

function isPaused({ pausedUntil }: StoreRecord): boolean {
  return pausedUntil !== undefined && pausedUntil > new Date();
}
