// @ts-check

// Knex writes a table's comment unescaped: no apostrophes in them.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('store_replicas', table => {
    table
      .string('version')
      .nullable()
      .comment('Of the plugin; none of a replica that is older than this');
  });
  await knex.schema.alterTable('stores', table => {
    table.string('paused_by').nullable().comment('Who asked for the pause');
  });
};

/**
 * Knex would copy the whole table on SQLite, which the references to stores forbid.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE ?? DROP COLUMN ??', ['stores', 'paused_by']);
  await knex.raw('ALTER TABLE ?? DROP COLUMN ??', [
    'store_replicas',
    'version',
  ]);
};
