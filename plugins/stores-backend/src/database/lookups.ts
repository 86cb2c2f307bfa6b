import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { StoreRecord } from './StoreRecord';
import { toStoreRecord, type StoreRow } from './StoreRow';

/** See `StoreRepository.findActiveByName`. */
export async function findActiveByName(
  knex: Knex,
  slug: string,
): Promise<StoreRecord | undefined> {
  const row = await knex<StoreRow>('stores')
    .where({ slug })
    .whereNot('state', 'DELETED')
    .first();
  return row && toStoreRecord(row);
}

/** See `StoreRepository.countActive`. */
export async function countActive(knex: Knex, owner: string): Promise<number> {
  const counted = await knex<StoreRow>('stores')
    .where({ owner })
    .whereNot('state', 'DELETED')
    .count({ stores: '*' })
    .first();
  return Number(counted?.stores);
}

/** Options of `StoreRepository.findReplayed`. */
export interface FindReplayedOptions {
  createdBy: string;
  /** The caller's key for this request, and a digest of what it says. */
  idempotency: { key: string; digest: string };
}

/** See `StoreRepository.findReplayed`. */
export async function findReplayed(
  knex: Knex,
  options: FindReplayedOptions,
): Promise<StoreRecord | undefined> {
  const { createdBy, idempotency } = options;
  const row = await knex<StoreRow>('stores')
    .where({ created_by: createdBy, idempotency_key: idempotency.key })
    .first();
  if (row !== undefined && row.idempotency_digest !== idempotency.digest) {
    throw new ConflictError(
      `the Idempotency-Key '${idempotency.key}' was used for another request, which made store '${row.id}'`,
    );
  }
  return row && toStoreRecord(row);
}
