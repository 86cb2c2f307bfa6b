import type { Knex } from 'knex';
import type { AdvanceConsumerOptions } from './EventLog';

/** Where a consumer goes on; a new one begins behind the last event. */
export async function placeOfConsumer(
  knex: Knex,
  consumer: string,
  lastSequence: () => Promise<number>,
): Promise<number> {
  const cursors = () => knex('store_event_cursors');
  const known = await cursors().where({ consumer }).first('sequence');
  if (known !== undefined) {
    return Number(known.sequence);
  }
  await cursors()
    .insert({
      consumer,
      sequence: await lastSequence(),
      updated_at: new Date(),
    })
    .onConflict('consumer')
    .ignore();
  const kept = await cursors().where({ consumer }).first('sequence');
  return Number(kept.sequence);
}

/** See `EventLog.advance`. */
export async function advanceConsumer(
  knex: Knex,
  { consumer, from, to }: AdvanceConsumerOptions,
): Promise<boolean> {
  const moved = await knex('store_event_cursors')
    .where({ consumer, sequence: from })
    .update({ sequence: to, updated_at: new Date() });
  return moved > 0;
}
