import type { Knex } from 'knex';
import { databaseNow } from './databaseClock';

interface ReplicaRow {
  holder: string;
  until: number | string;
  started_at: Date | number | string;
}

/** Options of {@link ReplicaSessions.create}. */
export interface ReplicaSessionsOptions {
  knex: Knex;
  durationMs: number;
}

/**
 * The replicas that are alive. A replica's leases hold as long as its row is
 * there: one update renews them all, and one delete ends them all.
 */
export class ReplicaSessions {
  static create(options: ReplicaSessionsOptions): ReplicaSessions {
    return new ReplicaSessions(options.knex, options.durationMs);
  }

  private constructor(
    private readonly knex: Knex,
    private readonly durationMs: number,
  ) {}

  async open(holder: string): Promise<void> {
    await this.knex('store_replicas').insert({
      holder,
      until: this.later(),
      started_at: new Date(),
    });
  }

  /** False when the session is over: it ran out, or another replica has put an end to it. */
  async renew(holder: string): Promise<boolean> {
    const renewed = await this.knex<ReplicaRow>('store_replicas')
      .where({ holder })
      .whereRaw(`?? > ${databaseNow(this.knex)}`, ['until'])
      .update({ until: this.later() } as object);
    return renewed > 0;
  }

  /**
   * Puts an end to the sessions that ran out. A session is over when its row
   * is gone, not when its time is: so a renewal that comes late either is
   * before this, or finds no row.
   */
  async removeExpired(): Promise<string[]> {
    const expired = () =>
      this.knex<ReplicaRow>('store_replicas').whereRaw(
        `?? <= ${databaseNow(this.knex)}`,
        ['until'],
      );
    const holders: string[] = await expired().pluck('holder');
    if (holders.length > 0) {
      await expired().whereIn('holder', holders).delete();
    }
    return holders;
  }

  async removeAll(): Promise<void> {
    await this.knex('store_replicas').delete();
  }

  async list(): Promise<string[]> {
    return await this.knex<ReplicaRow>('store_replicas')
      .orderBy('holder')
      .pluck('holder');
  }

  /** Ends a session, and with it all its leases. */
  async close(holder: string): Promise<void> {
    await this.knex('store_replicas').where({ holder }).delete();
  }

  private later(): Knex.Raw {
    return this.knex.raw(`${databaseNow(this.knex)} + ?`, [this.durationMs]);
  }
}
