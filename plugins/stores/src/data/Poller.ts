import { nextAttempt, nextPoll, type PollPace } from './pollPace';
import { retryAfterOf, toError } from './requestErrors';

/** The last good value, and what the last attempt came to. */
export interface Polled<T> {
  value?: T;
  /** Why the last attempt failed; the value is then older. */
  error?: Error;
  /** When the value was read, in milliseconds since the epoch. */
  loadedAt?: number;
  /** When the next attempt is due after one that failed, in milliseconds since the epoch. */
  retryAt?: number;
}

/** Options of {@link Poller.create}. */
export interface PollerOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  /** Whether the value is about to change. */
  moving: (value: T) => boolean;
  pace: PollPace;
  /** Called with every outcome. */
  onChange: (polled: Polled<T>) => void;
}

/** Hints that come closer together than this are one. */
const hintMilliseconds = 2_000;

/**
 * Reads a value again and again: slowly while it rests, faster while it moves,
 * not at all while nobody looks or the backend wants to be left alone. A
 * reading that fails keeps the value before it.
 */
export class Poller<T> {
  static create<T>(options: PollerOptions<T>): Poller<T> {
    return new Poller(options);
  }

  private polled: Polled<T> = {};
  private text?: string;
  private changedAt = Date.now();
  private readAt = 0;
  private failures = 0;
  private quietUntil = 0;
  private timer?: ReturnType<typeof setTimeout>;
  private dueAt = 0;
  private controller?: AbortController;
  private stopped = false;

  private constructor(private readonly options: PollerOptions<T>) {}

  start(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
    this.read();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.timer);
    this.controller?.abort();
  }

  /** Reads at once, unless the backend wants to be left alone. */
  reload(): void {
    this.schedule(0);
  }

  /** Reads soon: something is said to have changed. */
  hint(): void {
    const soon = Math.max(0, this.readAt + hintMilliseconds - Date.now());
    if (this.timer === undefined || Date.now() + soon < this.dueAt) {
      this.schedule(soon);
    }
  }

  private readonly onVisibility = () => {
    if (!document.hidden && this.dueAt <= Date.now()) {
      this.schedule(0);
    }
  };

  private schedule(milliseconds: number): void {
    if (this.stopped) {
      return;
    }
    clearTimeout(this.timer);
    const wait = Math.max(milliseconds, this.quietUntil - Date.now());
    this.dueAt = Date.now() + wait;
    this.timer = setTimeout(() => this.read(), wait);
  }

  private async read(): Promise<void> {
    if (document.hidden && this.polled.value !== undefined) {
      return;
    }
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.readAt = Date.now();
    try {
      const value = await this.options.load(controller.signal);
      if (!controller.signal.aborted) {
        this.succeed(value);
      }
    } catch (error) {
      if (!controller.signal.aborted) {
        this.fail(toError(error));
      }
    }
  }

  private succeed(value: T): void {
    const now = Date.now();
    const text = JSON.stringify(value);
    if (text !== this.text) {
      this.text = text;
      this.changedAt = now;
    }
    this.failures = 0;
    this.tell({ value, loadedAt: now });
    const { moving, pace } = this.options;
    this.schedule(
      nextPoll(pace, {
        moving: moving(value),
        unchanged: now - this.changedAt,
      }),
    );
  }

  private fail(error: Error): void {
    const now = Date.now();
    this.failures += 1;
    const quiet = retryAfterOf(error, now);
    if (quiet !== undefined) {
      this.quietUntil = now + quiet;
    }
    this.schedule(nextAttempt(this.failures));
    this.tell({ ...this.polled, error, retryAt: this.dueAt });
  }

  private tell(polled: Polled<T>): void {
    this.polled = polled;
    this.options.onChange(polled);
  }
}
