import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit';
import type { Knex } from 'knex';

/** Options of {@link DatabaseRateLimitStore.create}. */
export interface DatabaseRateLimitStoreOptions {
  knex: Knex;
  /** Tells limits apart. */
  prefix: string;
  /** Milliseconds since 1970; the clock of the process unless given. */
  now?: () => number;
}

interface RateLimitRow {
  key: string;
  hits: number;
  /** PostgreSQL answers a bigint as a text. */
  reset_at: number | string;
}

/**
 * Counts calls in the plugin's database, so that replicas share the counts.
 * The window of a caller begins with the first call, and one statement counts.
 */
export class DatabaseRateLimitStore implements Store {
  static create(
    options: DatabaseRateLimitStoreOptions,
  ): DatabaseRateLimitStore {
    const { knex, prefix, now = Date.now } = options;
    return new DatabaseRateLimitStore(knex, `${prefix}:`, now);
  }

  readonly localKeys = false;
  private windowMilliseconds = 60_000;
  private nextSweep = 0;

  private constructor(
    private readonly knex: Knex,
    readonly prefix: string,
    private readonly now: () => number,
  ) {}

  init({ windowMs }: Pick<Options, 'windowMs'>): void {
    this.windowMilliseconds = windowMs;
  }

  async increment(caller: string): Promise<ClientRateLimitInfo> {
    const now = this.now();
    await this.sweep(now);
    const end = now + this.windowMilliseconds;
    const over = 'rate_limits.reset_at <= ?';
    const [row] = await this.knex<RateLimitRow>('rate_limits')
      .insert({ key: this.prefix + caller, hits: 1, reset_at: end })
      .onConflict('key')
      .merge({
        hits: this.knex.raw(
          `CASE WHEN ${over} THEN 1 ELSE rate_limits.hits + 1 END`,
          [now],
        ),
        reset_at: this.knex.raw(
          `CASE WHEN ${over} THEN ? ELSE rate_limits.reset_at END`,
          [now, end],
        ),
      })
      .returning(['hits', 'reset_at']);
    if (row === undefined) {
      throw new Error(`the call of '${caller}' was not counted`);
    }
    return { totalHits: row.hits, resetTime: new Date(Number(row.reset_at)) };
  }

  async decrement(caller: string): Promise<void> {
    await this.knex<RateLimitRow>('rate_limits')
      .where({ key: this.prefix + caller })
      .andWhere('hits', '>', 0)
      .andWhere('reset_at', '>', this.now())
      .decrement('hits', 1);
  }

  async resetKey(caller: string): Promise<void> {
    await this.knex<RateLimitRow>('rate_limits')
      .where({ key: this.prefix + caller })
      .delete();
  }

  /** Once a window, rows of callers that have not come back go. */
  private async sweep(now: number): Promise<void> {
    if (now < this.nextSweep) {
      return;
    }
    this.nextSweep = now + this.windowMilliseconds;
    await this.knex<RateLimitRow>('rate_limits')
      .where('reset_at', '<=', now)
      .andWhereLike('key', `${this.prefix}%`)
      .delete();
  }
}
