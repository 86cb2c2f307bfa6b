import type {
  ObserveOptions,
  StoreObservation,
  StoreObserver,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import type { ObservationSchedule } from './ObservationSchedule';
import { DELETION_PATIENCE_SECONDS } from './planDeletion';
import { DELETION, findCondition } from './storeConditions';

const LEFTOVERS_LOOK_MS = 10_000;

export interface RemainsInspectorOptions {
  observer: StoreObserver;
  schedule: ObservationSchedule;
}

/** Looks at what is left of a store that is being deleted. */
export class RemainsInspector {
  static create(options: RemainsInspectorOptions): RemainsInspector {
    return new RemainsInspector(options);
  }

  private readonly lastLeftovers = new Map<string, string[]>();

  private constructor(private readonly options: RemainsInspectorOptions) {}

  async inspect(
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
}
