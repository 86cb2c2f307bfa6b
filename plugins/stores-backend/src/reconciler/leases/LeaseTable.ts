import type { Knex } from 'knex';

/** A lease that was taken, and whose it was before when that replica never gave it back. */
export interface TakenLease {
  epoch: number;
  previous?: string;
}

/**
 * The leases as the database has them: a store's row names its holder, and is
 * free when there is no session of that holder.
 */
export class LeaseTable {
  static create(options: { knex: Knex }): LeaseTable {
    return new LeaseTable(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  /** Undefined when another replica has the lease, or the holder's own session is over. */
  async take(storeId: string, holder: string): Promise<TakenLease | undefined> {
    // Asked without a lock first: most that is asked for here is held by another.
    if (!(await this.isFree(this.knex, storeId, holder))) return undefined;
    return await this.knex.transaction(async transaction => {
      const row = await transaction('stores')
        .where({ id: storeId })
        .forUpdate()
        .first('lease_owner', 'lease_epoch');
      // A statement of its own: one that waits for a row sees its new values, but the other table as it was before.
      if (!row || !(await this.isFree(transaction, storeId, holder))) {
        return undefined;
      }
      if (row.lease_owner === holder) return { epoch: row.lease_epoch };
      const epoch = Number(row.lease_epoch) + 1;
      await transaction('stores')
        .where({ id: storeId })
        .update({ lease_owner: holder, lease_epoch: epoch });
      return { epoch, previous: row.lease_owner ?? undefined };
    });
  }

  async giveBack(storeId: string, holder: string): Promise<void> {
    await this.knex('stores')
      .where({ id: storeId, lease_owner: holder })
      .update({ lease_owner: null });
  }

  /** Stores that are not DELETED and that nobody who is alive holds. */
  async listFree(): Promise<string[]> {
    return await this.knex('stores')
      .whereNot('state', 'DELETED')
      .where(query => {
        this.whereFree(query);
      })
      .orderBy(['created_at', 'id'])
      .pluck('id');
  }

  /** Whether the replica, if it is alive itself, has the lease or may take it. */
  private async isFree(
    knex: Knex,
    storeId: string,
    holder: string,
  ): Promise<boolean> {
    const free = await knex('stores')
      .where({ id: storeId })
      .where(query => this.whereFree(query).orWhere({ lease_owner: holder }))
      .whereExists(knex('store_replicas').where({ holder }))
      .first('id');
    return free !== undefined;
  }

  private whereFree(query: Knex.QueryBuilder): Knex.QueryBuilder {
    return query
      .whereNull('lease_owner')
      .orWhereNotIn(
        'lease_owner',
        this.knex('store_replicas').select('holder'),
      );
  }
}
