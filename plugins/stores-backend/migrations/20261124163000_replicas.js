// @ts-check

// Knex writes a table's comment unescaped: no apostrophes in them.

const columns = [
  'pause_reason',
  'retry_request_seq',
  'retry_accept_data_loss',
  'claim_uids',
  'boot_queued_at',
  'boot_started_at',
  'request_actor',
  'request_correlation_id',
  'first_ready_at',
];

/**
 * Knex would copy the whole table on SQLite, which its references forbid.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string} column
 */
async function dropColumn(knex, table, column) {
  await knex.raw('ALTER TABLE ?? DROP COLUMN ??', [table, column]);
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('store_replicas', table => {
    table.comment(
      'Processes that work on stores. The leases of one hold as long as its row is there, so that one update renews all',
    );
    table.string('holder').primary();
    table
      .bigInteger('until')
      .notNullable()
      .comment('Milliseconds since 1970 by the clock of the database');
    table.timestamp('started_at').notNullable();
  });

  await knex.schema.createTable('store_locks', table => {
    table.comment(
      'Rows to lock for what only one transaction may decide at a time: an owner counting its stores, a slot to boot',
    );
    table.string('name').primary();
  });

  await knex.schema.createTable('store_event_cursors', table => {
    table.comment('How far each consumer has dealt with the events');
    table.string('consumer').primary();
    table.bigInteger('sequence').notNullable();
    table.timestamp('updated_at').notNullable();
  });

  await knex.schema.alterTable('stores', table => {
    table.text('pause_reason').nullable();
    table
      .integer('retry_request_seq')
      .nullable()
      .comment('The latest retry that the loop has not dealt with');
    table.boolean('retry_accept_data_loss').nullable();
    table
      .text('claim_uids')
      .nullable()
      .comment('JSON: uids of the volume claims by name, from the first READY');
    table.timestamp('boot_queued_at').nullable();
    table.timestamp('boot_started_at').nullable();
    table
      .string('request_actor')
      .nullable()
      .comment('Who made the request that the loop is working on');
    table.string('request_correlation_id').nullable();
    table.timestamp('first_ready_at').nullable();
    table.index(['lease_owner'], 'stores_lease_owner_index');
    table.index(['deleted_at'], 'stores_deleted_at_index');
  });
  await dropColumn(knex, 'stores', 'lease_until');
  await knex('stores').update({
    first_ready_at: knex.ref('ready_at'),
    lease_owner: null,
  });

  await knex.schema.alterTable('store_generations', table => {
    table
      .text('answers')
      .nullable()
      .comment('JSON: what the API server made of the objects, nothing secret');
  });

  await knex.schema.alterTable('store_events', table => {
    table.index(['created_at'], 'store_events_created_at_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('store_events', table => {
    table.dropIndex(['created_at'], 'store_events_created_at_index');
  });
  await dropColumn(knex, 'store_generations', 'answers');
  await knex.schema.alterTable('stores', table => {
    table.dropIndex(['deleted_at'], 'stores_deleted_at_index');
    table.dropIndex(['lease_owner'], 'stores_lease_owner_index');
    table.timestamp('lease_until').nullable();
  });
  for (const column of columns) {
    await dropColumn(knex, 'stores', column);
  }
  await knex.schema.dropTable('store_event_cursors');
  await knex.schema.dropTable('store_locks');
  await knex.schema.dropTable('store_replicas');
};
