import type {
  StoreEvent,
  StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';
import type { StoreFilter } from './StoreFilter';

/** Options of {@link EventLog.read}. */
export interface ReadEventsOptions {
  /** Only events of this store. */
  storeId?: string;
  /** Only events of stores that the caller may see. */
  visible?: StoreFilter;
  /** Only events behind this sequence; 0 begins at the start. */
  after: number;
  limit: number;
}

/** Options of {@link EventLog.readBack}. */
export interface ReadEventsBackOptions
  extends Omit<ReadEventsOptions, 'after'> {
  /** Only events behind this sequence. */
  after?: number;
  /** Only events before this sequence; begins at the newest without it. */
  before?: number;
}

/** Options of {@link EventLog.waitForEvents}. */
export interface WaitForEventsOptions extends ReadEventsOptions {
  /** How long to wait for the first event, in milliseconds. */
  timeoutMilliseconds: number;
  /** Ends the wait early, with an empty page. */
  signal: AbortSignal;
}

/** What a consumer has not dealt with yet. */
export interface ConsumerBatch extends StoreEventPage {
  /** How far the consumer had got before the batch. */
  from: number;
}

/** Options of {@link EventLog.advance}. */
export interface AdvanceConsumerOptions {
  consumer: string;
  /** The batch's `from`. */
  from: number;
  /** The batch's `cursor`. */
  to: number;
}

/**
 * The activity log of all stores. Events are written by the repository, in
 * the transaction of the change that they tell of; a reader that goes on from
 * its last cursor misses none.
 */
export interface EventLog {
  /** A page of events behind a cursor, oldest first. */
  read(options: ReadEventsOptions): Promise<StoreEventPage>;

  /**
   * A page of events before a sequence, newest first. Its `older` goes on to
   * older ones, and the first page's `cursor` goes on with `read`.
   */
  readBack(options: ReadEventsBackOptions): Promise<StoreEventPage>;

  /** Like `read`, but waits for a commit when there is nothing to read yet. */
  waitForEvents(options: WaitForEventsOptions): Promise<StoreEventPage>;

  /**
   * Calls the listener after each commit of this process with the events that
   * it wrote. Returns a function that ends the subscription.
   */
  subscribe(listener: (events: StoreEvent[]) => void): () => void;

  /** Has waiting readers look again: another process may have committed. A call that is lost costs only latency. */
  wake(): void;

  /** Calls the listener on each `wake`. Returns a function that ends it. */
  onWake(listener: () => void): () => void;

  /** Sequence of the last event that was committed; 0 when there is none. */
  lastSequence(): Promise<number>;

  /**
   * The next events of a consumer that keeps its place in the database, over
   * restarts and replicas. A new consumer begins behind the last event.
   */
  readNext(consumer: string, limit: number): Promise<ConsumerBatch>;

  /**
   * Moves a consumer on, when it has dealt with a batch.
   *
   * @returns false when somebody else has moved it meanwhile
   */
  advance(options: AdvanceConsumerOptions): Promise<boolean>;
}
