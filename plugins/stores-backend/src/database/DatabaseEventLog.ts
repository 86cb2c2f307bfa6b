import type {
  StoreEvent,
  StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { Deferred } from './Deferred';
import { advanceConsumer, placeOfConsumer } from './eventConsumers';
import type {
  AdvanceConsumerOptions,
  ConsumerBatch,
  EventLog,
  ReadEventsBackOptions,
  ReadEventsOptions,
  WaitForEventsOptions,
} from './EventLog';
import { toEvent, toEventRow } from './EventRow';
import { readEvents, readEventsBack } from './readEvents';
import type { NewStoreEvent } from './NewStoreEvent';

/** Options of {@link DatabaseEventLog.create}. */
export interface DatabaseEventLogOptions {
  knex: Knex;
  /**
   * How often a waiting reader looks for commits of other processes, in
   * milliseconds; those of this one wake it at once. 5000 unless given.
   */
  pollMilliseconds?: number;
}

/** The activity log in the plugin's database. */
export class DatabaseEventLog implements EventLog {
  static create(options: DatabaseEventLogOptions): DatabaseEventLog {
    return new DatabaseEventLog(options.knex, options.pollMilliseconds ?? 5000);
  }

  private readonly listeners = new Set<(events: StoreEvent[]) => void>();
  private readonly wakes = new Set<() => void>();

  private constructor(
    private readonly knex: Knex,
    private readonly pollMilliseconds: number,
  ) {}

  async read(options: ReadEventsOptions): Promise<StoreEventPage> {
    return readEvents(this.knex, options);
  }

  async readBack(options: ReadEventsBackOptions): Promise<StoreEventPage> {
    return readEventsBack(this.knex, options);
  }

  async waitForEvents(options: WaitForEventsOptions): Promise<StoreEventPage> {
    const { storeId, timeoutMilliseconds, signal } = options;
    const deadline = Date.now() + timeoutMilliseconds;
    // Subscribed before the first look: a commit in between is not missed.
    let committed = new Deferred();
    const forget = this.onWake(() => committed.resolve());
    const unsubscribe = this.subscribe(events => {
      if (
        storeId === undefined ||
        events.some(event => event.storeId === storeId)
      ) {
        committed.resolve();
      }
    });
    try {
      for (;;) {
        const page = await this.read(options);
        const left = deadline - Date.now();
        if (page.items.length > 0 || left <= 0 || signal.aborted) {
          return page;
        }
        await committed.within(Math.min(left, this.pollMilliseconds), signal);
        committed = new Deferred();
      }
    } finally {
      unsubscribe();
      forget();
    }
  }

  wake(): void {
    [...this.wakes].forEach(wake => wake());
  }

  onWake(listener: () => void): () => void {
    this.wakes.add(listener);
    return () => this.wakes.delete(listener);
  }

  async lastSequence(): Promise<number> {
    const counter = await this.knex('store_event_counter').first('value');
    return Number(counter?.value ?? 0);
  }

  async readNext(consumer: string, limit: number): Promise<ConsumerBatch> {
    const from = await placeOfConsumer(this.knex, consumer, () =>
      this.lastSequence(),
    );
    return { from, ...(await this.read({ after: from, limit })) };
  }

  async advance(options: AdvanceConsumerOptions): Promise<boolean> {
    return advanceConsumer(this.knex, options);
  }

  subscribe(listener: (events: StoreEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Writes events in the transaction of the change that they tell of. The
   * counter's row stays locked until the transaction ends, which makes the
   * order of sequences the order of commits: call it last, and `published`
   * after the commit.
   */
  async append(
    transaction: Knex.Transaction,
    storeId: string,
    events: readonly NewStoreEvent[],
  ): Promise<StoreEvent[]> {
    if (events.length === 0) {
      return [];
    }
    const [counter] = await transaction('store_event_counter')
      .update({ value: transaction.raw('?? + ?', ['value', events.length]) })
      .returning<{ value: number | string }[]>('value');
    if (counter === undefined) {
      throw new Error("the table 'store_event_counter' lost its row");
    }
    const first = Number(counter.value) - events.length + 1;
    const time = new Date();
    const rows = events.map((event, index) =>
      toEventRow(event, { sequence: first + index, storeId, time }),
    );
    await transaction('store_events').insert(rows);
    return rows.map(toEvent);
  }

  /** Tells the listeners of this process what was committed. */
  published(events: StoreEvent[]): void {
    if (events.length > 0) {
      for (const listener of [...this.listeners]) {
        listener(events);
      }
    }
  }
}
