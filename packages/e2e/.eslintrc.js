module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The scenarios of one cluster are functions of files of their own that one test file calls.
    'jest/no-export': 'off',
    // What looks at pages judges them for many tests.
    'jest/no-standalone-expect': 'off',
    'jest/expect-expect': [
      'warn',
      {
        assertFunctionNames: [
          'expect',
          'waitFor',
          'seeText',
          '**.reaches',
          '**.judge',
          '**.take',
          '**.waitFor',
        ],
      },
    ],
  },
});
