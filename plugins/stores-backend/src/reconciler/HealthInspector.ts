import type { JsonObject } from '@backstage/types';
import type {
  ContainerLog,
  ObserveOptions,
  ShopProbe,
  StoreObservation,
  StoreObserver,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import type { DerivedSecrets, EngineRegistry } from '../engines';
import { maskSecrets } from './insight/maskSecrets';
import type { ObservationSchedule } from './ObservationSchedule';
import { appliedGeneration } from './storeConditions';
import type { StoreDesign } from './StoreDesign';

/**
 * While the ingress says no, the cluster is asked for reasons this often, and less often the longer it takes; the probe
 * itself costs it nothing.
 */
const PROVISIONING_LOOK_MS = 3_000;
const UNHEALTHY_LOOK_MS = 15_000;

export interface HealthInspectorOptions {
  observer: Pick<
    StoreObserver,
    'claims' | 'namespace' | 'pods' | 'troubles' | 'workloads'
  >;
  probe: Pick<ShopProbe, 'probe'>;
  repository: Pick<StoreRepository, 'getGeneration'>;
  design: Pick<StoreDesign, 'urls'>;
  engines: EngineRegistry;
  derived: DerivedSecrets;
  schedule: ObservationSchedule;
}

/** Looks whether a shop serves, and if not, from time to time, why. */
export class HealthInspector {
  static create(options: HealthInspectorOptions): HealthInspector {
    return new HealthInspector(options);
  }

  private constructor(private readonly options: HealthInspectorOptions) {}

  async inspect(
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
