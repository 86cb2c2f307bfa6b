import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

const DEFAULT_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
const AT_A_TIME = 100;

/** Options of {@link DeletedStoreRetention.create}. */
export interface DeletedStoreRetentionOptions {
  knex: Knex;
  logger: LoggerService;
  scheduler: SchedulerService;
  /** How long a DELETED store is kept as a record. */
  days: number;
}

/**
 * Removes stores that have been DELETED for long, with their events and
 * generations. Nothing of a store that lives is ever removed.
 */
export class DeletedStoreRetention {
  static create(options: DeletedStoreRetentionOptions): DeletedStoreRetention {
    return new DeletedStoreRetention(options);
  }

  private constructor(private readonly options: DeletedStoreRetentionOptions) {}

  /** Has it run once an hour, on one replica. */
  async start(): Promise<void> {
    await this.options.scheduler.scheduleTask({
      id: 'stores-deleted-retention',
      frequency: { hours: 1 },
      initialDelay: { minutes: 1 },
      timeout: { minutes: 10 },
      scope: 'global',
      fn: async signal => {
        await this.run(signal);
      },
    });
  }

  /** Returns how many stores were removed. */
  async run(signal?: AbortSignal): Promise<number> {
    const before = new Date(Date.now() - this.options.days * DAY_MS);
    let removed = 0;
    for (;;) {
      const ids = await this.findOld(before);
      // One transaction a store, so that no writer of events waits for long.
      for (const id of ids) {
        signal?.throwIfAborted();
        await this.remove(id);
        removed += 1;
      }
      if (ids.length < AT_A_TIME) break;
    }
    if (removed > 0) {
      this.options.logger.info(
        `Removed the records of ${removed} stores that were deleted before ${before.toISOString()}`,
      );
    }
    return removed;
  }

  private async findOld(before: Date): Promise<string[]> {
    return await this.options
      .knex('stores')
      .where({ state: 'DELETED' })
      .where('deleted_at', '<', before)
      .orderBy('deleted_at')
      .limit(AT_A_TIME)
      .pluck('id');
  }

  private async remove(id: string): Promise<void> {
    await this.options.knex.transaction(async transaction => {
      await transaction('store_events').where({ store_id: id }).delete();
      await transaction('store_generations').where({ store_id: id }).delete();
      await transaction('stores').where({ id, state: 'DELETED' }).delete();
    });
  }
}

/** @throws InputError when the time is none */
export function readDeletedDays(config: Config): number {
  const days =
    config.getOptionalNumber('stores.retention.deletedDays') ?? DEFAULT_DAYS;
  if (days < 0 || !Number.isFinite(days)) {
    throw new InputError(
      `Config 'stores.retention.deletedDays' is '${days}', expected 0 or more`,
    );
  }
  return days;
}
