import type { Knex } from 'knex';
import {
  nullable,
  optionalText,
  toDate,
  type TimeColumn,
} from '../../database/columns';
import { databaseNow } from './databaseClock';
import { hostOf } from './replicaHolder';

interface ReplicaRow {
  holder: string;
  until: number | string;
  started_at: TimeColumn;
  version: string | null;
}

/** A replica whose session has not run out. */
export interface LivingReplica {
  holder: string;
  /** Where its process runs. */
  host: string;
  /** Of the plugin; absent when the replica is too old to say. */
  version?: string;
  /** When its process began. */
  startedAt: Date;
  /** How many stores it holds the lease of. */
  heldStores: number;
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

  async open(holder: string, version?: string): Promise<void> {
    await this.knex('store_replicas').insert({
      holder,
      until: this.later(),
      // A process may open several sessions, one after another.
      started_at: new Date(performance.timeOrigin),
      version: nullable(version),
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

  /** The replicas whose sessions have not run out, the oldest first. */
  async listLiving(): Promise<LivingReplica[]> {
    const { knex } = this;
    const rows: (ReplicaRow & { stores: number | string })[] = await knex(
      'store_replicas',
    )
      .leftJoin('stores', join =>
        join.on('lease_owner', 'holder').andOnVal('state', '<>', 'DELETED'),
      )
      .whereRaw(`?? > ${databaseNow(knex)}`, ['until'])
      .groupBy('holder', 'version', 'started_at')
      .orderBy(['started_at', 'holder'])
      .select('holder', 'version', 'started_at')
      .count('id AS stores');
    return rows.map(row => ({
      holder: row.holder,
      host: hostOf(row.holder),
      version: optionalText(row.version),
      startedAt: toDate(row.started_at),
      heldStores: Number(row.stores),
    }));
  }

  /** Ends a session, and with it all its leases. */
  async close(holder: string): Promise<void> {
    await this.knex('store_replicas').where({ holder }).delete();
  }

  private later(): Knex.Raw {
    return this.knex.raw(`${databaseNow(this.knex)} + ?`, [this.durationMs]);
  }
}
