import type { Knex } from 'knex';
import { toDate } from './columns';
import { lockByName } from './lockByName';
import type { StoreBootQueue } from './StoreBootQueue';
import { guardOf, type StoreRecord } from './StoreRecord';
import type { RequestBootOptions } from './StoreRepository';
import type { StoreRow } from './StoreRow';
import type { StoreWriter } from './StoreWriter';

/** See `StoreRepository.bootQueue`. */
export async function readBootQueue(knex: Knex): Promise<StoreBootQueue> {
  const rows = await knex<StoreRow>('stores')
    .where({ state: 'PROVISIONING' })
    .where(any =>
      any.whereNotNull('boot_queued_at').orWhereNotNull('boot_started_at'),
    )
    .orderBy(['boot_queued_at', 'created_at', 'id'])
    .select('id', 'boot_started_at');
  const ids = (booting: boolean) =>
    rows
      .filter(row => (row.boot_started_at !== null) === booting)
      .map(({ id }) => id);
  const starts = rows.flatMap(({ boot_started_at: startedAt }) =>
    startedAt === null ? [] : [toDate(startedAt).getTime()],
  );
  return {
    booting: ids(true),
    waiting: ids(false),
    ...(starts.length > 0 && {
      lastBootStartedAt: new Date(Math.max(...starts)),
    }),
  };
}

/** See `StoreRepository.requestBoot`. */
export async function requestBoot(
  writer: StoreWriter,
  options: RequestBootOptions,
): Promise<StoreRecord> {
  const { id, guard, maximum } = options;
  return writer.change(async transaction => {
    await lockByName(transaction, 'boot');
    const record = await writer.lock(transaction, id);
    if (record.bootStartedAt !== undefined) {
      return { result: record, events: [] };
    }
    const now = new Date();
    // Written first, so that a stale guard takes no slot and the store has its place among those that wait.
    const { result: queued } = await writer.write(transaction, {
      id,
      guard,
      columns: { boot_queued_at: record.bootQueuedAt ?? now },
      events: [],
    });
    const { booting, waiting } = await readBootQueue(transaction);
    const ahead = waiting.indexOf(id);
    if (ahead < 0 || booting.length + ahead >= maximum) {
      return { result: queued, events: [] };
    }
    return writer.write(transaction, {
      id,
      guard: guardOf(queued),
      columns: { boot_started_at: now },
      events: [],
    });
  });
}
