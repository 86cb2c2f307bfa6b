module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // A program that prints.
    'no-console': 'off',
  },
});
