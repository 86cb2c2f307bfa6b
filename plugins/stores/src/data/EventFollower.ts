import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { StoresApi } from '../api';
import { pause, untilVisible } from './pause';
import { nextAttempt } from './pollPace';
import { retryAfterOf, toError } from './requestErrors';

/** As much of a store's activity log as has been read, and how the last readings went. */
export interface FollowedEvents {
  /** Oldest first, without a gap; `undefined` until the newest have been read. */
  events?: readonly StoreEvent[];
  /** Why the last attempt to read on failed. */
  error?: Error;
  /** When `events` were last known to be all, in milliseconds since the epoch. */
  loadedAt?: number;
  /** When the next attempt is due after one that failed, in milliseconds since the epoch. */
  retryAt?: number;
  /** Whether there are older ones than `events`. */
  hasOlder: boolean;
  isReadingOlder: boolean;
  /** Why older ones could not be read. */
  olderError?: Error;
}

/** Options of {@link EventFollower.create}. */
export interface EventFollowerOptions {
  api: Pick<StoresApi, 'listEvents'>;
  /** The store's. */
  id: string;
  /** How many events to begin with, and to read back at a time. */
  pageSize: number;
  /** Called with every outcome. */
  onChange: (followed: FollowedEvents) => void;
}

const followLimit = 500;
const waitSeconds = 25;
const restMilliseconds = 1_000;
const quiet = { first: 5_000, longest: 120_000 };

/**
 * Reads the newest of a store's activity log, follows on by the cursor, and
 * reads back when asked to. The server holds each request until something
 * happens; the more of them come back empty, the longer it is left alone, until
 * a hint. Only a page that is looked at has one open, for browsers allow few.
 */
export class EventFollower {
  static create(options: EventFollowerOptions): EventFollower {
    return new EventFollower(options);
  }

  private readonly controller = new AbortController();
  private followed: FollowedEvents = { hasOlder: false, isReadingOlder: false };
  private cursor?: number;
  private older?: number;
  private failures = 0;
  private empty = 0;
  private quietUntil = 0;
  private resting?: AbortController;

  private constructor(private readonly options: EventFollowerOptions) {}

  start(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
    this.follow();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.controller.abort();
    this.resting?.abort();
  }

  /** Reads on at once: something is said to have happened. */
  hint(): void {
    this.empty = 0;
    if (this.failures === 0) {
      this.resting?.abort();
    }
  }

  /** Reads on at once, unless the backend wants to be left alone. */
  reload(): void {
    if (this.quietUntil <= Date.now()) {
      this.resting?.abort();
    }
  }

  /** Reads the page before what has been read. */
  async readOlder(): Promise<void> {
    const { api, id, pageSize } = this.options;
    const before = this.older;
    if (before === undefined || this.followed.isReadingOlder) {
      return;
    }
    this.tell({ isReadingOlder: true, olderError: undefined });
    try {
      const page = await api.listEvents(id, {
        before,
        limit: pageSize,
        signal: this.controller.signal,
      });
      this.older = page.older;
      this.tell({
        events: [...page.items.reverse(), ...(this.followed.events ?? [])],
        hasOlder: page.older !== undefined,
        isReadingOlder: false,
      });
    } catch (thrown) {
      this.tell({ isReadingOlder: false, olderError: toError(thrown) });
    }
  }

  private async follow(): Promise<void> {
    const { signal } = this.controller;
    while (!signal.aborted) {
      const milliseconds = await this.readOnce();
      this.resting = new AbortController();
      if (!signal.aborted) {
        await pause(milliseconds, this.resting.signal);
      }
      await untilVisible(signal);
    }
  }

  /** Milliseconds until the next reading. */
  private async readOnce(): Promise<number> {
    try {
      if (this.cursor === undefined) {
        await this.readNewest();
      } else {
        await this.readOn(this.cursor);
      }
      this.failures = 0;
      return this.empty === 0
        ? restMilliseconds
        : Math.min(quiet.longest, quiet.first * 2 ** (this.empty - 1));
    } catch (thrown) {
      const error = toError(thrown);
      this.failures += 1;
      const now = Date.now();
      const asked = retryAfterOf(error, now);
      this.quietUntil = now + (asked ?? 0);
      const wait = asked ?? nextAttempt(this.failures);
      this.tell({ error, retryAt: now + wait });
      return wait;
    }
  }

  private async readNewest(): Promise<void> {
    const { api, id, pageSize } = this.options;
    const page = await api.listEvents(id, {
      order: 'desc',
      limit: pageSize,
      signal: this.controller.signal,
    });
    this.cursor = page.cursor;
    this.older = page.older;
    this.tell({
      events: page.items.reverse(),
      ...this.fresh(),
      hasOlder: page.older !== undefined,
    });
  }

  private async readOn(after: number): Promise<void> {
    const { api, id } = this.options;
    const page = await api.listEvents(id, {
      after,
      // Whether it works again is to be known at once.
      wait: this.failures > 0 ? undefined : waitSeconds,
      limit: followLimit,
      signal: this.controller.signal,
    });
    this.cursor = page.cursor;
    this.empty = page.items.length > 0 ? 0 : this.empty + 1;
    const { events = [] } = this.followed;
    this.tell({
      events: page.items.length > 0 ? [...events, ...page.items] : events,
      ...this.fresh(),
    });
  }

  private fresh(): Partial<FollowedEvents> {
    return { error: undefined, retryAt: undefined, loadedAt: Date.now() };
  }

  private readonly onVisibility = () => {
    if (!document.hidden) {
      this.hint();
    }
  };

  private tell(changes: Partial<FollowedEvents>): void {
    if (this.controller.signal.aborted) {
      return;
    }
    this.followed = { ...this.followed, ...changes };
    this.options.onChange(this.followed);
  }
}
