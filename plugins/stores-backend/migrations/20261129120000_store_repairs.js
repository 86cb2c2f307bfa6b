// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('stores', table => {
    table
      .text('repairs')
      .nullable()
      .comment('JSON: what was put right lately or is being');
  });
};

/**
 * Knex would copy the whole table on SQLite, which the references to stores forbid.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE ?? DROP COLUMN ??', ['stores', 'repairs']);
};
