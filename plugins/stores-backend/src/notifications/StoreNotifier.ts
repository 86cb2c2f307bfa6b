import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { StoreEvent } from '@storeyard/backstage-plugin-stores-common';
import type { EventLog, StoreRepository } from '../database';
import { Deferred } from '../database/Deferred';
import { notifiedTypes, toNotification } from './toNotification';

const consumer = 'notifications';
const batchSize = 100;
const lookMilliseconds = 30_000;
const turnMilliseconds = 2_000;
const giveUpMilliseconds = 24 * 60 * 60 * 1000;
const retry = { firstMilliseconds: 1000, longestMilliseconds: 300_000 };

/** Options of {@link StoreNotifier.create}. */
export interface StoreNotifierOptions {
  events: EventLog;
  stores: Pick<StoreRepository, 'get'>;
  notifications: NotificationService;
  logger: LoggerService;
  /**
   * Whether it is this replica's turn: of several that send at once one may overtake another, and what a store was before
   * would stand over what it is. Always unless given.
   */
  isOurs?(): boolean;
  /** How often a replica asks whether it is its turn, in milliseconds; 2000 unless given. */
  turnMilliseconds?: number;
  /** First pause after notifications could not be sent, in milliseconds; it doubles up to five minutes. 1000 unless given. */
  retryMilliseconds?: number;
  /** Age from which on an event that can't be told holds up no later ones, in milliseconds; a day unless given. */
  giveUpMilliseconds?: number;
}

/**
 * Notifies owners when their stores become READY, FAILED or DELETED. It follows the event log with a cursor in the
 * database and moves on behind each event that was sent: a crash loses none, and the one that was being sent is sent
 * again, over itself. Of several replicas one notifies. What is refused for a day is left out, and said in the log.
 */
export class StoreNotifier {
  static create(options: StoreNotifierOptions): StoreNotifier {
    return new StoreNotifier(options);
  }

  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  private constructor(private readonly options: StoreNotifierOptions) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { logger, retryMilliseconds = retry.firstMilliseconds } =
      this.options;
    let pause = retryMilliseconds;
    while (!signal.aborted) {
      try {
        await this.follow();
        pause = retryMilliseconds;
      } catch (error) {
        if (signal.aborted) return;
        logger.warn(
          `Notifications come back in ${pause} ms: ${stringifyError(error)}`,
        );
        await new Deferred().within(pause, signal);
        pause = Math.min(pause * 2, retry.longestMilliseconds);
      }
    }
  }

  /** Deals with what is there, or waits for something. */
  private async follow(): Promise<void> {
    const { events, isOurs = () => true } = this.options;
    const { signal } = this.stopping;
    if (!isOurs()) {
      await new Deferred().within(
        this.options.turnMilliseconds ?? turnMilliseconds,
        signal,
      );
      return;
    }
    const batch = await events.readNext(consumer, batchSize);
    let { from } = batch;
    for (const event of batch.items) {
      if (signal.aborted || !isOurs()) return;
      if (await this.notify(event)) {
        const { sequence } = event;
        if (!(await events.advance({ consumer, from, to: sequence }))) return;
        from = sequence;
      }
    }
    if (batch.cursor > from) {
      await events.advance({ consumer, from, to: batch.cursor });
    }
    if (batch.items.length === 0) {
      await events.waitForEvents({
        after: batch.cursor,
        limit: 1,
        timeoutMilliseconds: lookMilliseconds,
        signal,
      });
    }
  }

  /** Whether there was something to tell. */
  private async notify(event: StoreEvent): Promise<boolean> {
    const { notifications, stores } = this.options;
    if (!notifiedTypes.includes(event.type)) return false;
    const store = await stores.get(event.storeId);
    const notification = store && toNotification(event, store);
    if (notification === undefined) return false;
    try {
      await notifications.send(notification);
    } catch (error) {
      if (!this.isOldNews(event)) throw error;
      this.options.logger.error(
        `Nobody is told of event ${event.sequence} of store '${
          event.storeId
        }' any more: ${stringifyError(error)}`,
      );
    }
    return true;
  }

  /** One that is refused for good may not keep all later ones from being told. */
  private isOldNews({ time }: StoreEvent): boolean {
    const age = Date.now() - Date.parse(time);
    return age > (this.options.giveUpMilliseconds ?? giveUpMilliseconds);
  }
}
