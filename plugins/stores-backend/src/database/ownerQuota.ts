import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import { lockByName } from './lockByName';
import type { StoreQuota } from './NewStore';

/** Two requests at once can't both take an owner's last place: one waits here for the other's end. */
export async function lockOwner(
  transaction: Knex.Transaction,
  owner: string,
): Promise<void> {
  await lockByName(transaction, `owner:${owner}`);
}

/** Options of {@link checkQuota}. */
export interface CheckQuotaOptions {
  owner: string;
  quota: StoreQuota;
  /** The store that is to be the owner's; not counted. */
  storeId: string;
}

/**
 * To be called under the owner's lock.
 *
 * @throws NotAllowedError when the owner has no place left for the store
 */
export async function checkQuota(
  transaction: Knex.Transaction,
  options: CheckQuotaOptions,
): Promise<void> {
  const { owner, quota, storeId } = options;
  const counted = await transaction('stores')
    .where({ owner })
    .whereNot({ state: 'DELETED' })
    .whereNot({ id: storeId })
    .count({ stores: '*' })
    .first();
  const stores = Number(counted?.stores);
  if (stores >= quota.maximum) {
    throw new NotAllowedError(
      `owner: '${owner}' has ${stores} stores, and may have ${quota.maximum}`,
    );
  }
}
