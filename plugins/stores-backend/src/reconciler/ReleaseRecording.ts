import type { LoggerService } from '@backstage/backend-plugin-api';
import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../database/EventLog';
import { guardOf, type StoreRecord } from '../database/StoreRecord';
import type { StoreRepository } from '../database/StoreRepository';
import type {
  ChartRenderer,
  RecordReleaseOptions,
  ReleaseRecorder,
  StoreChart,
} from '../helm';
import type { ClusterGate } from './ClusterGate';
import type { StoreLease } from './leases';
import { appliedGeneration } from './storeConditions';
import type { StoreDrift } from './StoreDrift';
import { StorePass } from './StorePass';

/** How soon a store is looked at again of which the caches can't say whether it has drifted. */
const UNJUDGED_POLL_MS = 2_000;

export interface ReleaseRecordingOptions {
  repository: StoreRepository;
  events: EventLog;
  gate: ClusterGate;
  chart: StoreChart;
  renderer: ChartRenderer;
  recorder: ReleaseRecorder;
  drift: Pick<StoreDrift, 'judge' | 'witness'>;
  logger: LoggerService;
  signal: AbortSignal;
}

/**
 * Has Helm record each generation of a READY store once, after the fact. Nothing depends on the record. Since Helm applies
 * the objects once more, a store that is paused or has drifted is not recorded, and what drifts meanwhile is told.
 */
export class ReleaseRecording {
  static create(options: ReleaseRecordingOptions): ReleaseRecording {
    return new ReleaseRecording(options);
  }

  private readonly renewals = new Map<string, string>();
  private readonly warned = new Map<string, number>();
  private readonly running = new Map<
    string,
    {
      controller: AbortController;
      done: Promise<unknown>;
      /** The last request of a person that the recording knows of. */
      requestSeq?: number;
    }
  >();

  private constructor(private readonly options: ReleaseRecordingOptions) {}

  /** @returns when it is to be tried again, unless the store's next visit is soon enough */
  async record(
    storeId: string,
    lease: StoreLease,
  ): Promise<{ againInMs: number } | undefined> {
    const controller = new AbortController();
    const done = this.write(
      storeId,
      lease,
      AbortSignal.any([this.options.signal, lease.signal, controller.signal]),
    );
    this.running.set(storeId, {
      controller,
      done: done.catch(() => undefined),
    });
    try {
      return await done;
    } catch (error) {
      if (!controller.signal.aborted) throw error;
      return undefined;
    } finally {
      this.running.delete(storeId);
    }
  }

  /** Has the present generation recorded once more at the next recording, for a reason that is told. */
  renew(storeId: string, why: string): void {
    this.renewals.set(storeId, why);
  }

  /** Ends a recording that began before a person's latest request, such as a pause. */
  async endOutdated({ id, requestSeq }: StoreRecord): Promise<void> {
    const known = this.running.get(id)?.requestSeq;
    if (known !== undefined && known !== requestSeq) await this.cancel(id);
  }

  /** Ends a recording that runs: what Helm writes late must not meet a deletion. */
  async cancel(storeId: string): Promise<void> {
    const running = this.running.get(storeId);
    running?.controller.abort();
    await running?.done;
  }

  private async write(
    storeId: string,
    lease: StoreLease,
    signal: AbortSignal,
  ): Promise<{ againInMs: number } | undefined> {
    const { repository, logger } = this.options;
    const record = await repository.get(storeId);
    if (record?.state !== 'READY' || record.pausedUntil) return undefined;
    const running = this.running.get(storeId);
    if (running) running.requestSeq = record.requestSeq;
    const generation = await repository.getGeneration(
      storeId,
      appliedGeneration(record),
    );
    const renewal = this.renewals.get(storeId);
    if (!generation || (generation.releaseRecordedAt && !renewal))
      return undefined;
    const pass = StorePass.create({
      record,
      lease,
      repository,
      signal,
      logger: logger.child({ storeId }),
    });
    const { capabilities } = await this.options.gate.open(this.options.signal);
    const release = {
      chart: this.options.chart.path,
      release: storeId,
      namespace: record.namespace,
      values: generation.values,
      signal,
    };
    const rendered = await this.options.renderer.render({
      ...release,
      isUpgrade: generation.generation > 1,
      capabilities,
    });
    if (
      !isDeepStrictEqual(
        JSON.parse(JSON.stringify(rendered)),
        generation.objects,
      )
    ) {
      this.renewals.delete(storeId);
      this.warnOnce(pass, generation.generation);
      return undefined;
    }
    const judged = await this.options.drift.judge(record, { signal });
    if (!judged) return { againInMs: UNJUDGED_POLL_MS };
    if (!(await this.recordAsApplied(pass, release))) return undefined;
    this.renewals.delete(storeId);
    if (renewal && generation.releaseRecordedAt) {
      await pass.patch({}, [
        {
          type: 'repaired',
          message: `Helm's record of generation ${generation.generation} is written anew: ${renewal}`,
        },
      ]);
      return undefined;
    }
    await this.tell(pass, generation.generation);
    await repository.markReleaseRecorded(
      storeId,
      generation.generation,
      guardOf(pass.record),
    );
    return undefined;
  }

  /** @returns false when it has to wait: for a repair, or for somebody's Helm that is at work */
  private async recordAsApplied(
    pass: StorePass,
    release: RecordReleaseOptions,
  ): Promise<boolean> {
    const { drift, recorder } = this.options;
    const endWitness = await drift.witness(pass.record);
    try {
      return await recorder.record(release, async () => {
        await pass.checkpoint();
        const judged = await drift.judge(pass.record, { signal: pass.signal });
        return judged?.found.length === 0 && judged.left.length === 0;
      });
    } finally {
      endWitness();
    }
  }

  private warnOnce(pass: StorePass, generation: number): void {
    if (this.warned.get(pass.record.id) === generation) return;
    this.warned.set(pass.record.id, generation);
    pass.logger.warn(
      `The chart has changed since generation ${generation} was rendered: Helm records the next one`,
    );
  }

  /** A crash between event and mark must not make a second event. */
  private async tell(pass: StorePass, generation: number): Promise<void> {
    const { items } = await this.options.events.read({
      storeId: pass.record.id,
      after: 0,
      limit: 1_000,
    });
    const told = items.some(
      ({ type, details }) =>
        type === 'release-recorded' && details?.generation === generation,
    );
    if (told) return;
    await pass.patch({}, [
      {
        type: 'release-recorded',
        message: `Helm recorded generation ${generation} as release '${pass.record.id}'`,
        details: { generation },
      },
    ]);
  }
}
