import type { LoggerService } from '@backstage/backend-plugin-api';
import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../database/EventLog';
import { guardOf, type StoreRepository } from '../database/StoreRepository';
import type { ChartRenderer, ReleaseRecorder, StoreChart } from '../helm';
import type { ClusterGate } from './ClusterGate';
import type { StoreLease } from './leases';
import { appliedGeneration } from './storeConditions';
import { StorePass } from './StorePass';

export interface ReleaseRecordingOptions {
  repository: StoreRepository;
  events: EventLog;
  gate: ClusterGate;
  chart: StoreChart;
  renderer: ChartRenderer;
  recorder: ReleaseRecorder;
  logger: LoggerService;
  signal: AbortSignal;
}

/** Has Helm record each generation of a READY store once, after the fact. Nothing depends on the record. */
export class ReleaseRecording {
  static create(options: ReleaseRecordingOptions): ReleaseRecording {
    return new ReleaseRecording(options);
  }

  private readonly renewals = new Map<string, string>();
  private readonly warned = new Map<string, number>();
  private readonly running = new Map<
    string,
    { controller: AbortController; done: Promise<void> }
  >();

  private constructor(private readonly options: ReleaseRecordingOptions) {}

  async record(storeId: string, lease: StoreLease): Promise<void> {
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
      await done;
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      this.running.delete(storeId);
    }
  }

  /** Has the present generation recorded once more at the next recording, for a reason that is told. */
  renew(storeId: string, why: string): void {
    this.renewals.set(storeId, why);
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
  ): Promise<void> {
    const { repository, logger } = this.options;
    const record = await repository.get(storeId);
    if (record?.state !== 'READY') return;
    const generation = await repository.getGeneration(
      storeId,
      appliedGeneration(record),
    );
    const renewal = this.renewals.get(storeId);
    if (!generation || (generation.releaseRecordedAt && !renewal)) return;
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
      return;
    }
    await pass.checkpoint();
    // Busy: somebody's Helm is at work, and the next sweep finds what it left.
    if (!(await this.options.recorder.record(release))) return;
    this.renewals.delete(storeId);
    if (renewal && generation.releaseRecordedAt) {
      await pass.patch({}, [
        {
          type: 'repaired',
          message: `Helm's record of generation ${generation.generation} is written anew: ${renewal}`,
        },
      ]);
      return;
    }
    await this.tell(pass, generation.generation);
    await repository.markReleaseRecorded(
      storeId,
      generation.generation,
      guardOf(pass.record),
    );
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
