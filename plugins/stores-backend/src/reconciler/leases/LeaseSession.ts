import { CustomErrorBase } from '@backstage/errors';
import { type Instant, millisecondsSince } from './Instant';

/** The lease under which the work ran is not ours any more; another replica may have gone on with it. */
export class LeaseLostError extends CustomErrorBase {
  override name = 'LeaseLostError' as const;
}

/** Options of {@link LeaseSession.create}. */
export interface LeaseSessionOptions {
  holder: string;
  /** How long the session lasts without a renewal. */
  durationMs: number;
  /** How long before its end it is given up, so that what was sent is answered by then. */
  marginMs: number;
  /** When the request that opened the session was sent. */
  openedAt: Instant;
}

/**
 * One life of this replica as far as this process can know it: counted from
 * when the request that opened or renewed it was sent, so never longer than
 * the database's.
 */
export class LeaseSession {
  static create(options: LeaseSessionOptions): LeaseSession {
    return new LeaseSession(options);
  }

  /** Epochs of the leases that are held, by store. */
  readonly epochs = new Map<string, number>();
  private readonly controller = new AbortController();
  private renewedAt: Instant;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly options: LeaseSessionOptions) {
    this.renewedAt = options.openedAt;
    this.watch();
  }

  get holder(): string {
    return this.options.holder;
  }

  /** Aborts with the session, or when it is about to end and was not renewed. */
  get signal(): AbortSignal {
    // A process that was stopped finds out here, before its timers run.
    if (this.millisecondsLeft() <= 0) {
      this.end('its time is over');
    }
    return this.controller.signal;
  }

  get alive(): boolean {
    return !this.signal.aborted;
  }

  renewed(sentAt: Instant): void {
    if (this.alive) {
      this.renewedAt = sentAt;
      this.watch();
    }
  }

  end(why: string): void {
    clearTimeout(this.timer);
    if (!this.controller.signal.aborted) {
      this.controller.abort(
        new LeaseLostError(`the session '${this.holder}' ended: ${why}`),
      );
    }
  }

  private millisecondsLeft(): number {
    const { durationMs, marginMs } = this.options;
    return durationMs - marginMs - millisecondsSince(this.renewedAt);
  }

  private watch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.alive) this.watch();
    }, Math.max(0, this.millisecondsLeft()) + 1);
    this.timer.unref();
  }
}
