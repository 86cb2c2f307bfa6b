import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  StoreEvent,
  StoreEventType,
} from '@storeyard/backstage-plugin-stores-common';
import type { EventLog, StoreRepository } from '../database';
import { parseStoreCommit, type StoreCommit, storesTopic } from './StoreCommit';

/** The channel of the signals that pages listen to. */
export const storesSignalChannel = 'stores';

/** What a person asked for: the replica that holds the store has to hear of it. */
const requests: readonly StoreEventType[] = [
  'requested',
  'retry-requested',
  'upgrade-requested',
  'paused',
  'resumed',
  'owner-changed',
  'protection-changed',
  'deletion-requested',
];

/** Options of {@link StoreAnnouncer.create}. */
export interface StoreAnnouncerOptions {
  /** Stable name of this process, another than every other replica's: with one name they would share the events. */
  replica: string;
  bus: EventsService;
  signals: SignalsService;
  events: EventLog;
  stores: Pick<StoreRepository, 'get'>;
  /** Entity refs that are signalled besides the owner. */
  platformAdmins: readonly string[];
  /** Has a store looked at soon. */
  enqueue(storeId: string): void;
  logger: LoggerService;
}

/**
 * Tells other replicas, other plugins and open pages of what this process has committed, and hears the replicas. All of
 * it is told after the commit, at most once, and waited for by nobody: one that is lost costs only the time until the
 * next regular look.
 */
export class StoreAnnouncer {
  static create(options: StoreAnnouncerOptions): StoreAnnouncer {
    return new StoreAnnouncer(options);
  }

  private telling: Promise<void> = Promise.resolve();
  private unsubscribe = () => {};

  private constructor(private readonly options: StoreAnnouncerOptions) {}

  /** Begins to tell and to hear. */
  async start(): Promise<void> {
    const { bus, events, replica } = this.options;
    this.unsubscribe = events.subscribe(committed => {
      this.telling = this.telling.then(() => this.tell(committed));
    });
    await bus.subscribe({
      id: `replica-${replica}`,
      topics: [storesTopic],
      onEvent: async ({ eventPayload }) => this.hear(eventPayload),
    });
  }

  /** Ends the telling, after what has been begun. */
  async stop(): Promise<void> {
    this.unsubscribe();
    await this.telling;
  }

  private hear(payload: unknown): void {
    const commit = parseStoreCommit(payload);
    if (commit === undefined || commit.replica === this.options.replica) {
      return;
    }
    this.options.events.wake();
    if (commit.types.some(type => requests.includes(type))) {
      this.options.enqueue(commit.storeId);
    }
  }

  /** Never throws: what can't be told is found out by whoever looks. */
  private async tell(committed: readonly StoreEvent[]): Promise<void> {
    const { bus, logger, replica } = this.options;
    for (const commit of toCommits(committed, replica)) {
      try {
        await bus.publish({ topic: storesTopic, eventPayload: commit });
        await this.signal(commit);
      } catch (error) {
        logger.warn(
          `store '${
            commit.storeId
          }': its change could not be announced: ${stringifyError(error)}`,
        );
      }
    }
  }

  /** To those only who may read the events: anybody signed in would get a broadcast. */
  private async signal({ storeId, sequence }: StoreCommit): Promise<void> {
    const { platformAdmins, signals, stores } = this.options;
    const store = await stores.get(storeId);
    if (store !== undefined) {
      await signals.publish({
        channel: storesSignalChannel,
        recipients: {
          type: 'user',
          entityRef: [...new Set([store.owner, ...platformAdmins])],
        },
        message: { storeId, sequence },
      });
    }
  }
}

/** One commit a store, with its last sequence. */
function toCommits(
  events: readonly StoreEvent[],
  replica: string,
): StoreCommit[] {
  const commits = new Map<string, StoreCommit>();
  for (const { storeId, sequence, type } of events) {
    const types = commits.get(storeId)?.types ?? [];
    commits.set(storeId, {
      replica,
      storeId,
      sequence,
      types: [...types, type],
    });
  }
  return [...commits.values()];
}
