// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rate_limits', table => {
    table.comment('How often each caller has called in the present window');
    table.string('key').primary().comment('Limit and caller');
    table.integer('hits').notNullable();
    table
      .bigInteger('reset_at')
      .notNullable()
      .comment('End of the window, milliseconds since 1970');
    table.index(['reset_at'], 'rate_limits_reset_at_index');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rate_limits');
};
