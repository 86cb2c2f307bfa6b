/** A person's request goes before a repair, a repair before the regular visit. */
export type WorkPriority = 'request' | 'drift' | 'resync';

const PRIORITIES: readonly WorkPriority[] = ['request', 'drift', 'resync'];

export interface WorkQueueOptions {
  /** How many keys are worked on at once. */
  concurrency: number;
  /**
   * Works on a key. What it returns decides when the key is due again: never, or after so many milliseconds. When it
   * throws, the key comes back after its backoff.
   */
  process(key: string): Promise<{ againInMs?: number } | undefined>;
  /** Told of every error, with the time until the next attempt. */
  onError(key: string, error: unknown, retryInMs: number): void;
  /** First and longest pause after an error, in milliseconds. */
  backoff: { initialMs: number; maximumMs: number };
  /** For the jitter of the backoff, from 0 to below 1. */
  random?: () => number;
}

interface Entry {
  priority: WorkPriority;
  state: 'waiting' | 'delayed' | 'running';
  /** While running: somebody asked for the key again. */
  dirty: boolean;
  timer?: NodeJS.Timeout;
}

/**
 * A queue of keys: each is worked on by one worker at a time, however often it was asked for; asked for while it is
 * worked on, it is worked on once more; after an error it waits, longer each time in a row.
 */
export class WorkQueue {
  static create(options: WorkQueueOptions): WorkQueue {
    return new WorkQueue(options);
  }

  private readonly entries = new Map<string, Entry>();
  private readonly failures = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  private constructor(private readonly options: WorkQueueOptions) {}

  /** Asks for a key now, whenever it is due by itself. */
  add(key: string, options: { priority?: WorkPriority } = {}): void {
    if (this.stopped) return;
    const { priority = 'resync' } = options;
    const entry = this.entries.get(key);
    if (entry) {
      entry.priority = higher(entry.priority, priority);
      if (entry.state === 'running') entry.dirty = true;
      if (entry.state === 'delayed') {
        clearTimeout(entry.timer);
        this.schedule(key, entry.priority, 0);
      }
    } else {
      this.schedule(key, priority, 0);
    }
    this.pump();
  }

  /** Whether the key waits, for a worker or for its time, or is worked on. */
  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** How many keys wait for a worker, by priority; delayed ones don't count. */
  depth(): Record<WorkPriority, number> {
    const depth = { request: 0, drift: 0, resync: 0 };
    for (const { state, priority } of this.entries.values()) {
      if (state === 'waiting') depth[priority] += 1;
    }
    return depth;
  }

  /** Takes nothing more and waits for the workers that run. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.entries.values()) clearTimeout(timer);
    await Promise.all(this.running);
    this.entries.clear();
  }

  private schedule(key: string, priority: WorkPriority, delayMs: number): void {
    if (delayMs <= 0) {
      this.entries.set(key, { priority, state: 'waiting', dirty: false });
      return;
    }
    const timer = setTimeout(() => {
      this.schedule(key, priority, 0);
      this.pump();
    }, delayMs);
    this.entries.set(key, { priority, state: 'delayed', dirty: false, timer });
  }

  private pump(): void {
    while (!this.stopped && this.running.size < this.options.concurrency) {
      const next = this.next();
      if (!next) return;
      const work = this.work(...next).finally(() => {
        this.running.delete(work);
        this.pump();
      });
      this.running.add(work);
    }
  }

  private next(): [key: string, entry: Entry] | undefined {
    for (const wanted of PRIORITIES) {
      for (const [key, entry] of this.entries) {
        if (entry.state === 'waiting' && entry.priority === wanted) {
          return [key, entry];
        }
      }
    }
    return undefined;
  }

  private async work(key: string, entry: Entry): Promise<void> {
    entry.state = 'running';
    let againInMs: number | undefined;
    try {
      againInMs = (await this.options.process(key))?.againInMs;
      this.failures.delete(key);
    } catch (error) {
      againInMs = this.nextPause(key);
      this.options.onError(key, error, againInMs);
    }
    this.entries.delete(key);
    if (this.stopped) return;
    if (entry.dirty) this.schedule(key, entry.priority, 0);
    else if (againInMs !== undefined) {
      this.schedule(key, entry.priority, againInMs);
    }
  }

  /** Doubles with each failure in a row; between half and all of it, so that keys that failed together come apart. */
  private nextPause(key: string): number {
    const { initialMs, maximumMs } = this.options.backoff;
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const full = Math.min(maximumMs, initialMs * 2 ** Math.min(failures, 30));
    const random = this.options.random ?? Math.random;
    return Math.round(full / 2 + (full / 2) * random());
  }
}

function higher(left: WorkPriority, right: WorkPriority): WorkPriority {
  return PRIORITIES.indexOf(left) <= PRIORITIES.indexOf(right) ? left : right;
}
