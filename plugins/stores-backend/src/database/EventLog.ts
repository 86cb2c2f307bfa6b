import type {
  StoreEvent,
  StoreEventPage,
} from '@storeyard/backstage-plugin-stores-common';

/** Options of {@link EventLog.read}. */
export interface ReadEventsOptions {
  /** Only events of this store. */
  storeId?: string;
  /** Only events behind this sequence; 0 begins at the start. */
  after: number;
  limit: number;
}

/** Options of {@link EventLog.waitForEvents}. */
export interface WaitForEventsOptions extends ReadEventsOptions {
  /** How long to wait for the first event, in milliseconds. */
  timeoutMilliseconds: number;
  /** Ends the wait early, with an empty page. */
  signal: AbortSignal;
}

/**
 * The activity log of all stores. Events are written by the repository, in
 * the transaction of the change that they tell of; a reader that goes on from
 * its last cursor misses none.
 */
export interface EventLog {
  /** A page of events behind a cursor, oldest first. */
  read(options: ReadEventsOptions): Promise<StoreEventPage>;

  /** Like `read`, but waits for a commit when there is nothing to read yet. */
  waitForEvents(options: WaitForEventsOptions): Promise<StoreEventPage>;

  /**
   * Calls the listener after each commit of this process with the events that
   * it wrote. Returns a function that ends the subscription.
   */
  subscribe(listener: (events: StoreEvent[]) => void): () => void;
}
