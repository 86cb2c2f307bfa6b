import type { Knex } from 'knex';

/** Keeps others who lock the same name waiting until the transaction ends. */
export async function lockByName(
  transaction: Knex.Transaction,
  name: string,
): Promise<void> {
  await transaction('store_locks').insert({ name }).onConflict().ignore();
  await transaction('store_locks').where({ name }).forUpdate().first();
}
