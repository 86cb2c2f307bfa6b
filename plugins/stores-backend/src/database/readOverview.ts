import {
  isStoreReason,
  storeStates,
  type StoreEventType,
  type StoreState,
} from '@storeyard/backstage-plugin-stores-common';
import type { Knex } from 'knex';
import { applyStoreFilter } from './applyStoreFilter';
import { isSqlite } from './isSqlite';
import type { StoreFilter } from './StoreFilter';
import type {
  OverviewOptions,
  ProvisioningBucket,
  ProvisioningTimes,
  RepairBucket,
  StoreOverview,
} from './StoreOverview';

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

/** See `StoreRepository.countByState`. */
export async function countByState(
  knex: Knex,
  visible?: StoreFilter,
): Promise<Record<StoreState, number>> {
  const query = knex('stores').groupBy('state').select('state', countAll(knex));
  applyStoreFilter(query, visible);
  const rows: { state: string; count: number | string }[] = await query;
  const counts = Object.fromEntries(
    storeStates.map(state => [state, 0]),
  ) as Record<StoreState, number>;
  for (const state of storeStates) {
    counts[state] = Number(rows.find(row => row.state === state)?.count ?? 0);
  }
  return counts;
}

/** See `StoreRepository.overview`. */
export async function readOverview(
  knex: Knex,
  options: OverviewOptions,
): Promise<StoreOverview> {
  const { since, visible } = options;
  const seconds = (Date.now() - since.getTime()) / 1000;
  const bucketSeconds = seconds <= 2 * daySeconds ? hourSeconds : daySeconds;
  const times = await readTimes(knex, options);
  const buckets = await readTimes(knex, options, bucketSeconds);
  return {
    countsByState: await countByState(knex, visible),
    activeByOwner: await countByOwner(knex, visible),
    provisioning: times.map(({ start: _, ...all }) => all).at(0),
    bucketSeconds,
    buckets,
    failuresByReason: await countFailures(knex, options),
    repairs: await countRepairs(knex, options, bucketSeconds),
  };
}

async function countByOwner(
  knex: Knex,
  visible: StoreFilter | undefined,
): Promise<StoreOverview['activeByOwner']> {
  const query = knex('stores')
    .whereNot('state', 'DELETED')
    .groupBy('owner')
    .select('owner', countAll(knex))
    .orderBy([{ column: 'count', order: 'desc' }, { column: 'owner' }]);
  applyStoreFilter(query, visible);
  const rows: { owner: string; count: number | string }[] = await query;
  return rows.map(({ owner, count }) => ({ owner, count: Number(count) }));
}

/** Nearest-rank percentiles by window functions, which both databases have; PostgreSQL's own SQLite lacks. */
async function readTimes(
  knex: Knex,
  { since, visible }: OverviewOptions,
  bucketSeconds?: number,
): Promise<(ProvisioningTimes & ProvisioningBucket)[]> {
  const [created, ready] = ['created_at', 'first_ready_at'].map(column =>
    epochSeconds(knex, column),
  ) as [string, string];
  const bucket =
    bucketSeconds === undefined ? '0' : startOfBucket(ready, bucketSeconds);
  const stores = knex('stores')
    .where('first_ready_at', '>=', since)
    .select(
      knex.raw(`${bucket} AS bucket`),
      knex.raw(`${ready} - ${created} AS seconds`),
    );
  applyStoreFilter(stores, visible);
  const ranked = knex(stores.as('times')).select(
    'bucket',
    'seconds',
    knex.raw(
      'row_number() OVER (PARTITION BY bucket ORDER BY seconds) AS place',
    ),
    knex.raw('count(*) OVER (PARTITION BY bucket) AS total'),
  );
  const rows: Record<'bucket' | 'total' | 'p50' | 'p95', number | string>[] =
    await knex(ranked.as('ranked'))
      .groupBy('bucket', 'total')
      .orderBy('bucket')
      .select('bucket', 'total', percentile(knex, 50), percentile(knex, 95));
  return rows.map(row => ({
    start: new Date(Number(row.bucket) * 1000),
    count: Number(row.total),
    p50Seconds: Number(row.p50),
    p95Seconds: Number(row.p95),
  }));
}

function percentile(knex: Knex, hundredths: number): Knex.Raw {
  return knex.raw(
    `min(CASE WHEN place * 100 >= ${hundredths} * total THEN seconds END) AS p${hundredths}`,
  );
}

/** SQLite keeps times as milliseconds. */
function epochSeconds(knex: Knex, column: string): string {
  return isSqlite(knex)
    ? `(${column} / 1000.0)`
    : `extract(epoch FROM ${column})`;
}

async function countFailures(
  knex: Knex,
  { since, visible }: OverviewOptions,
): Promise<StoreOverview['failuresByReason']> {
  const reason = isSqlite(knex)
    ? `json_extract(details, '$.reason')`
    : `details::json ->> 'reason'`;
  const query = events(knex, 'failed', { since, visible })
    .whereNotNull('details')
    .groupByRaw('1')
    .select(knex.raw(`${reason} AS reason`), countAll(knex))
    .orderBy([{ column: 'count', order: 'desc' }, { column: 'reason' }]);
  const rows: { reason: string | null; count: number | string }[] = await query;
  return rows.flatMap(({ reason: found, count }) =>
    isStoreReason(found) ? [{ reason: found, count: Number(count) }] : [],
  );
}

async function countRepairs(
  knex: Knex,
  options: OverviewOptions,
  bucketSeconds: number,
): Promise<RepairBucket[]> {
  const rows: Record<'bucket' | 'count' | 'stores', number | string>[] =
    await events(knex, 'repaired', options)
      .groupByRaw('1')
      .select(
        knex.raw(
          `${startOfBucket(
            epochSeconds(knex, 'created_at'),
            bucketSeconds,
          )} AS bucket`,
        ),
        countAll(knex),
      )
      .countDistinct('store_id AS stores')
      .orderBy('bucket');
  return rows.map(({ bucket, count, stores }) => ({
    start: new Date(Number(bucket) * 1000),
    count: Number(count),
    stores: Number(stores),
  }));
}

function events(
  knex: Knex,
  type: StoreEventType,
  { since, visible }: OverviewOptions,
): Knex.QueryBuilder {
  const query = knex('store_events')
    .where({ type })
    .where('created_at', '>=', since);
  if (visible !== undefined) {
    const stores = knex('stores').select('id');
    applyStoreFilter(stores, visible);
    query.whereIn('store_id', stores);
  }
  return query;
}

/** The beginning of the bucket that a time in seconds falls into. */
function startOfBucket(seconds: string, bucketSeconds: number): string {
  return `floor(${seconds} / ${bucketSeconds}) * ${bucketSeconds}`;
}

function countAll(knex: Knex): Knex.Raw {
  return knex.raw('count(*) AS count');
}
