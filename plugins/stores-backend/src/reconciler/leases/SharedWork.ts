import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type {
  StoreEvent,
  StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';
import type { EventLog } from '../../database/EventLog';
import type { StoreRepository } from '../../database/StoreRepository';
import type { WorkPriority, WorkQueue } from '../WorkQueue';
import type { StoreLeases } from './StoreLeases';

const EVENTS_PER_LOOK = 500;

/** What a person asks for; whichever replica took the request, the holder of the store has to hear of it. */
const requestTypes: readonly StoreEventType[] = [
  'requested',
  'deletion-requested',
  'retry-requested',
  'upgrade-requested',
  'paused',
  'resumed',
  'owner-changed',
];

type Work = 'follow' | 'look';

/** Options of {@link SharedWork.create}. */
export interface SharedWorkOptions {
  leases: StoreLeases;
  repository: StoreRepository;
  events: EventLog;
  queue: WorkQueue;
  logger: LoggerService;
}

/**
 * What a replica has to do because of what happens elsewhere: stores that
 * another request handler wrote, stores that a dead replica left, stores whose
 * time has come. Looked for after each renewal of the leases, and at once when
 * another replica tells of a commit.
 */
export class SharedWork {
  static create(options: SharedWorkOptions): SharedWork {
    return new SharedWork(options);
  }

  private readonly own = new Set<number>();
  private readonly ends: (() => void)[] = [];
  private readonly running = new Map<Work, Promise<void>>();
  private readonly again = new Set<Work>();
  private stopped = false;
  private cursor = 0;
  private following: Promise<void> | undefined;

  private constructor(private readonly options: SharedWorkOptions) {}

  async start(): Promise<void> {
    const { events, leases } = this.options;
    this.cursor = await events.lastSequence();
    this.ends.push(
      events.subscribe(told => told.forEach(event => this.noteOwn(event))),
      events.onWake(() => this.run('follow')),
      leases.onTick(() => this.run('look')),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.ends.forEach(end => end());
    await Promise.all(this.running.values());
  }

  /** In the background, so that no slow look keeps a renewal waiting; asked for while it runs, it runs once more. */
  private run(work: Work): void {
    if (this.running.has(work)) {
      this.again.add(work);
      return;
    }
    const done = this[work]()
      .catch(error => {
        this.options.logger.warn(
          `What other replicas left could not be looked for, the next time follows: ${
            isError(error) ? error.message : error
          }`,
        );
      })
      .finally(() => {
        this.running.delete(work);
        if (this.again.delete(work) && !this.stopped) this.run(work);
      });
    this.running.set(work, done);
  }

  private noteOwn({ sequence, type }: StoreEvent): void {
    if (requestTypes.includes(type)) this.own.add(sequence);
  }

  private async look(): Promise<void> {
    const { leases, repository } = this.options;
    await this.follow();
    for (const storeId of await leases.listFree()) {
      if (leases.prefers(storeId)) this.add(storeId, 'request');
    }
    for (const storeId of leases.held()) {
      // Given to the replica that joined, once it has come to rest.
      if (!leases.prefers(storeId)) this.add(storeId, 'resync');
    }
    for (const storeId of await repository.listDue(new Date())) {
      if (leases.holds(storeId)) this.add(storeId, 'resync');
    }
  }

  /** Reads on in the log; two at once would read the same. */
  private async follow(): Promise<void> {
    this.following ??= this.readOn().finally(() => {
      this.following = undefined;
    });
    await this.following;
  }

  private async readOn(): Promise<void> {
    const { events, leases, queue } = this.options;
    for (;;) {
      const { items, cursor } = await events.read({
        after: this.cursor,
        limit: EVENTS_PER_LOOK,
      });
      for (const { sequence, storeId, type } of items) {
        // Our own handlers have enqueued it already.
        if (this.own.delete(sequence) || !requestTypes.includes(type)) continue;
        if (leases.holds(storeId) || leases.prefers(storeId)) {
          queue.add(storeId, { priority: 'request' });
        }
      }
      this.cursor = cursor;
      if (items.length < EVENTS_PER_LOOK) return;
    }
  }

  private add(storeId: string, priority: WorkPriority): void {
    // What the queue has comes by itself, after its backoff.
    if (!this.options.queue.has(storeId)) {
      this.options.queue.add(storeId, { priority });
    }
  }
}
