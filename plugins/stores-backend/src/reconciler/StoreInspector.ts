import type {
  ObserveOptions,
  StoreObservation,
  StoreObserver,
} from '../cluster';
import type { StoreRecord } from '../database/StoreRecord';
import { diagnoseLoss } from './diagnoseLoss';
import {
  HealthInspector,
  type HealthInspectorOptions,
} from './HealthInspector';
import { RemainsInspector } from './RemainsInspector';
import { APPLIED, appliedStage, hasData } from './storeConditions';
import type { StoreDrift } from './StoreDrift';

export interface StoreInspectorOptions extends HealthInspectorOptions {
  observer: StoreObserver;
  drift: StoreDrift;
}

/** Looks at what the next step of a store depends on, and at nothing else: API requests are what a busy cluster lacks. */
export class StoreInspector {
  static create(options: StoreInspectorOptions): StoreInspector {
    return new StoreInspector(options);
  }

  private readonly health: HealthInspector;
  private readonly remains: RemainsInspector;

  private constructor(private readonly options: StoreInspectorOptions) {
    this.health = HealthInspector.create(options);
    this.remains = RemainsInspector.create(options);
  }

  async inspect(
    record: StoreRecord,
    options: { regular: boolean; signal: AbortSignal },
  ): Promise<StoreObservation> {
    const { signal } = options;
    const where = { namespace: record.namespace, nonce: record.nonce, signal };
    if (record.state === 'REQUESTED') return {};
    if (record.state === 'DELETING') {
      return await this.remains.inspect(record, where);
    }
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
    const health = await this.health.inspect(record, where);
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
