const configure = require('@backstage/cli/config/eslint-factory');

// Runs from its sources only, so its own files are where they were written.
module.exports = configure(__dirname, {
  rules: { 'no-restricted-syntax': 'off' },
  overrides: [
    {
      // The app has a package.json and a lock of its own.
      files: ['app/**'],
      rules: {
        '@backstage/no-undeclared-imports': 'off',
        'no-console': 'off',
        'no-restricted-globals': 'off',
      },
    },
  ],
});
