// @ts-check

// Knex writes a table's comment unescaped: no apostrophes in them.

const states = [
  'REQUESTED',
  'PROVISIONING',
  'READY',
  'DEGRADED',
  'FAILED',
  'DELETING',
  'DELETED',
];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('installation', table => {
    table.comment('The one Storeyard that this database belongs to');
    table
      .integer('singleton')
      .primary()
      .checkIn(['1'])
      .comment('Always 1, so that there is one row');
    table.string('id').notNullable().comment('UUID');
    table
      .string('secret_key_fingerprint')
      .notNullable()
      .comment('Tells whether the secrets of the stores can still be derived');
    table
      .string('cluster_uid')
      .nullable()
      .comment('Uid of the namespace kube-system, from the first contact');
    table.timestamp('created_at').notNullable();
  });

  await knex.schema.createTable('stores', table => {
    table.comment('Stores; the row of a DELETED one stays as a record');
    table.string('id').primary();
    table.string('name').notNullable();
    table.string('slug').notNullable();
    table.string('engine').notNullable();
    table.string('plan').notNullable();
    table.string('owner').notNullable();
    table.string('created_by').notNullable();
    table.text('parameters').notNullable().comment('JSON');
    table.boolean('protected').notNullable();
    table.timestamp('paused_until').nullable();
    table.enu('state', states).notNullable();
    table.string('reason').nullable();
    table.text('message').nullable();
    table.text('remedy').nullable();
    table.text('conditions').notNullable().comment('JSON');
    table.string('namespace').notNullable();
    table
      .string('nonce')
      .notNullable()
      .comment('Proves that a namespace of that name is ours');
    table.string('chart_version').nullable();
    table.string('image_version').nullable();
    table.integer('attempt').notNullable();
    table.timestamp('next_attempt_at').nullable();
    table.integer('generation').notNullable();
    table.integer('observed_generation').notNullable();
    table.string('lease_owner').nullable();
    table.timestamp('lease_until').nullable();
    table
      .integer('lease_epoch')
      .notNullable()
      .comment('Changes with the holder of the lease');
    table
      .integer('request_seq')
      .notNullable()
      .comment('Changes with each request of a person');
    table.string('idempotency_key').nullable();
    table.string('idempotency_digest').nullable();
    table.timestamp('provisioning_started_at').nullable();
    table.timestamp('created_at').notNullable();
    table.timestamp('updated_at').notNullable();
    table.timestamp('ready_at').nullable();
    table.timestamp('deleted_at').nullable();
    table.index(['created_at', 'id'], 'stores_created_at_index');
    table.index(['owner'], 'stores_owner_index');
  });
  await knex.raw(
    `CREATE UNIQUE INDEX stores_active_slug_unique ON stores (slug) WHERE state <> 'DELETED'`,
  );
  await knex.raw(
    `CREATE UNIQUE INDEX stores_idempotency_key_unique ON stores (created_by, idempotency_key) WHERE idempotency_key IS NOT NULL`,
  );

  await knex.schema.createTable('store_generations', table => {
    table.comment('What was rendered for each generation of a store');
    table.string('store_id').notNullable().references('id').inTable('stores');
    table.integer('generation').notNullable();
    table.string('plan').notNullable();
    table.text('parameters').notNullable().comment('JSON');
    table.string('chart_version').notNullable();
    table.string('image_version').notNullable();
    table.text('chart_values').notNullable().comment('JSON, nothing secret');
    table.text('objects').notNullable().comment('JSON, nothing secret');
    table.timestamp('release_recorded_at').nullable();
    table.primary(['store_id', 'generation']);
  });

  await knex.schema.createTable('store_events', table => {
    table.comment('Activity log of the stores');
    table
      .bigInteger('sequence')
      .primary()
      .comment('In the order of commits, without gaps');
    table.string('store_id').notNullable().references('id').inTable('stores');
    table.string('type').notNullable();
    table.string('actor').nullable();
    table.text('message').notNullable();
    table.string('correlation_id').nullable();
    table.text('details').nullable().comment('JSON');
    table.timestamp('created_at').notNullable();
    table.index(['store_id', 'sequence'], 'store_events_store_index');
  });

  await knex.schema.createTable('store_event_counter', table => {
    table.comment(
      'Sequence of the last event: its row lock puts commits in order, which serial ids do not',
    );
    table.integer('singleton').primary().checkIn(['1']);
    table.bigInteger('value').notNullable();
  });
  await knex('store_event_counter').insert({ singleton: 1, value: 0 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('store_event_counter');
  await knex.schema.dropTable('store_events');
  await knex.schema.dropTable('store_generations');
  await knex.schema.dropTable('stores');
  await knex.schema.dropTable('installation');
};
