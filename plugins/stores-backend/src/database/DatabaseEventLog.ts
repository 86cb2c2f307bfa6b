import type { JsonObject } from '@backstage/types';
import {
  storeEventTypes,
  type StoreEvent,
  type StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import {
  nullable,
  optional,
  optionalText,
  toDate,
  type TimeColumn,
} from './columns';
import { applyStoreFilter } from './applyStoreFilter';
import { Deferred } from './Deferred';
import type {
  AdvanceConsumerOptions,
  ConsumerBatch,
  EventLog,
  ReadEventsOptions,
  WaitForEventsOptions,
} from './EventLog';
import type { NewStoreEvent } from './StoreRepository';

interface EventRow {
  sequence: number | string;
  store_id: string;
  type: string;
  actor: string | null;
  message: string;
  correlation_id: string | null;
  details: string | null;
  created_at: TimeColumn;
}

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
    const { storeId, visible, after, limit } = options;
    const query = this.knex<EventRow>('store_events')
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit);
    if (storeId !== undefined) {
      query.andWhere('store_id', storeId);
    }
    if (visible !== undefined) {
      const stores = this.knex('stores').select('id');
      applyStoreFilter(stores, visible);
      query.whereIn('store_id', stores);
    }
    const items = (await query).map(toEvent);
    return { items, cursor: items.at(-1)?.sequence ?? after };
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
    const from = await this.placeOf(consumer);
    return { from, ...(await this.read({ after: from, limit })) };
  }

  async advance(options: AdvanceConsumerOptions): Promise<boolean> {
    const { consumer, from, to } = options;
    const moved = await this.knex('store_event_cursors')
      .where({ consumer, sequence: from })
      .update({ sequence: to, updated_at: new Date() });
    return moved > 0;
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
    const rows = events.map(
      (event, index): EventRow => ({
        sequence: first + index,
        store_id: storeId,
        type: event.type,
        actor: nullable(event.actor),
        message: event.message,
        correlation_id: nullable(event.correlationId),
        details:
          event.details === undefined ? null : JSON.stringify(event.details),
        created_at: time,
      }),
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

  private async placeOf(consumer: string): Promise<number> {
    const cursors = () => this.knex('store_event_cursors');
    const known = await cursors().where({ consumer }).first('sequence');
    if (known !== undefined) {
      return Number(known.sequence);
    }
    await cursors()
      .insert({
        consumer,
        sequence: await this.lastSequence(),
        updated_at: new Date(),
      })
      .onConflict('consumer')
      .ignore();
    const kept = await cursors().where({ consumer }).first('sequence');
    return Number(kept.sequence);
  }
}

function toEvent(row: EventRow): StoreEvent {
  const type = storeEventTypes.find(each => each === row.type);
  if (type === undefined) {
    throw new Error(
      `event '${row.sequence}' has the unknown type '${row.type}'`,
    );
  }
  return {
    sequence: Number(row.sequence),
    storeId: row.store_id,
    type,
    time: toDate(row.created_at).toISOString(),
    actor: optionalText(row.actor),
    message: row.message,
    correlationId: optionalText(row.correlation_id),
    details: optional(row.details, text => JSON.parse(text) as JsonObject),
  };
}
