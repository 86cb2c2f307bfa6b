import { NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { nullable, optional, toDate, type TimeColumn } from './columns';
import type { StoreGeneration } from './StoreGeneration';

interface GenerationRow {
  store_id: string;
  generation: number;
  plan: string;
  parameters: string;
  chart_version: string;
  image_version: string;
  chart_values: string;
  objects: string;
  answers: string | null;
  release_recorded_at: TimeColumn | null;
}

/** Keeps a generation unless there is one, and returns the one that is kept. */
export async function saveGeneration(
  knex: Knex,
  generation: StoreGeneration,
): Promise<StoreGeneration> {
  const row: GenerationRow = {
    store_id: generation.storeId,
    generation: generation.generation,
    plan: generation.plan,
    parameters: JSON.stringify(generation.parameters),
    chart_version: generation.chartVersion,
    image_version: generation.imageVersion,
    chart_values: JSON.stringify(generation.values),
    objects: JSON.stringify(generation.objects),
    answers:
      generation.answers === undefined
        ? null
        : JSON.stringify(generation.answers),
    release_recorded_at: nullable(generation.releaseRecordedAt),
  };
  await knex<GenerationRow>('store_generations')
    .insert(row)
    .onConflict(['store_id', 'generation'])
    .ignore();
  const kept = await readGeneration(
    knex,
    generation.storeId,
    generation.generation,
  );
  if (kept === undefined) {
    throw missing(generation.storeId, generation.generation);
  }
  return kept;
}

/** Reads a generation. */
export async function readGeneration(
  knex: Knex,
  storeId: string,
  generation: number,
): Promise<StoreGeneration | undefined> {
  const row = await knex<GenerationRow>('store_generations')
    .where({ store_id: storeId, generation })
    .first();
  return row && toGeneration(row);
}

/** Reads all generations of a store, oldest first. */
export async function listGenerations(
  knex: Knex,
  storeId: string,
): Promise<StoreGeneration[]> {
  const rows = await knex<GenerationRow>('store_generations')
    .where({ store_id: storeId })
    .orderBy('generation');
  return rows.map(toGeneration);
}

/** Keeps what the API server made of a generation's objects. */
export async function saveAnswers(
  knex: Knex,
  storeId: string,
  generation: number,
  answers: JsonObject[],
): Promise<void> {
  const changed = await knex<GenerationRow>('store_generations')
    .where({ store_id: storeId, generation })
    .update({ answers: JSON.stringify(answers) });
  if (changed === 0) {
    throw missing(storeId, generation);
  }
}

/** Notes when a generation's release was recorded; the first time stays. */
export async function markGenerationRecorded(
  knex: Knex,
  storeId: string,
  generation: number,
): Promise<void> {
  const changed = await knex<GenerationRow>('store_generations')
    .where({ store_id: storeId, generation })
    .update({
      release_recorded_at: knex.raw('coalesce(??, ?)', [
        'release_recorded_at',
        new Date(),
      ]),
    });
  if (changed === 0) {
    throw missing(storeId, generation);
  }
}

function toGeneration(row: GenerationRow): StoreGeneration {
  return {
    storeId: row.store_id,
    generation: row.generation,
    plan: row.plan,
    parameters: JSON.parse(row.parameters) as JsonObject,
    chartVersion: row.chart_version,
    imageVersion: row.image_version,
    values: JSON.parse(row.chart_values) as JsonObject,
    objects: JSON.parse(row.objects) as JsonObject[],
    answers: optional(row.answers, text => JSON.parse(text) as JsonObject[]),
    releaseRecordedAt: optional(row.release_recorded_at, toDate),
  };
}

function missing(storeId: string, generation: number): NotFoundError {
  return new NotFoundError(
    `store '${storeId}' has no generation ${generation}`,
  );
}
