import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  StoreEvent,
  StoreEventType,
  StoresClient,
} from '@storeyard/backstage-plugin-stores-common';

/** Options of {@link EventReader.create}. */
export interface EventReaderOptions {
  /** The log begins with the first event of this kind, with the first of all unless given. */
  begin?: StoreEventType;
  client: StoresClient;
  id: string;
  /** Hears of every event of the store. */
  logger: Pick<LoggerService, 'info' | 'warn'>;
  /** Ends the waiting; the store goes on. */
  signal?: AbortSignal;
}

const pageSize = 500;

/** Reads a store's events page by page into the log. */
export class EventReader {
  static create(options: EventReaderOptions): EventReader {
    return new EventReader(options);
  }

  private after = 0;
  private begun: boolean;

  private constructor(private readonly options: EventReaderOptions) {
    this.begun = options.begin === undefined;
  }

  /** The next page; waits for its first event when there is none. */
  async read(wait: number): Promise<StoreEvent[]> {
    const { begin, client, id, logger, signal } = this.options;
    const { cursor, items } = await client.listEvents(id, {
      after: this.after,
      limit: pageSize,
      wait,
      signal,
    });
    this.after = cursor;
    for (const event of items) {
      this.begun ||= event.type === begin;
      if (this.begun) {
        logger.info(describe(event));
      }
    }
    return items;
  }

  /** Whether a page has been read. */
  get hasBegun(): boolean {
    return this.after > 0;
  }

  /** Reads the rest of what has happened up to now. */
  async finish(): Promise<void> {
    while ((await this.read(0)).length === pageSize);
  }
}

/** One line of the task's log. An event's details stay on the store's page: who may read the log is another matter. */
function describe({ actor, message }: StoreEvent): string {
  return actor === undefined ? message : `${message} (${actor})`;
}
