const configure = require('@backstage/cli/config/eslint-factory');

// Runs from its sources only, so its own files are where they were written.
module.exports = configure(__dirname, {
  rules: { 'no-restricted-syntax': 'off' },
});
