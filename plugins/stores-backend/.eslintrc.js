/** What tells others of stores, and lets others at them. */
const neighbours = ['actions', 'announcements', 'notifications'];

/** Arrows between the folders run one way; docs/architecture.md draws them. */
const forbidden = {
  database: ['cluster', 'helm', 'engines', 'reconciler', 'api', 'metrics'],
  cluster: ['database', 'helm', 'engines', 'reconciler', 'api', 'metrics'],
  helm: ['database', 'engines', 'reconciler', 'api', 'metrics'],
  engines: ['database', 'cluster', 'helm', 'reconciler', 'api', 'metrics'],
  permissions: ['cluster', 'helm', 'reconciler', 'api', 'metrics'],
  metrics: ['cluster', 'helm', 'engines', 'reconciler', 'api'],
  reconciler: ['api', 'metrics', ...neighbours],
  api: ['reconciler', 'metrics', 'cluster', 'helm', ...neighbours],
  ...Object.fromEntries(
    neighbours.map(each => [
      each,
      ['cluster', 'helm', 'engines', 'reconciler', 'api', 'metrics'],
    ]),
  ),
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  overrides: [
    {
      // The tests of one API server are functions of files of their own that one test file calls.
      files: ['src/reconciler/scenarios/**'],
      rules: {
        'jest/no-export': 'off',
        'no-restricted-imports': 'off',
        'jest/expect-expect': [
          'warn',
          { assertFunctionNames: ['expect', '**.expectRepair'] },
        ],
      },
    },
  ],
  rules: {
    'import/no-restricted-paths': [
      'error',
      {
        basePath: __dirname,
        zones: Object.entries(forbidden).flatMap(([folder, others]) => [
          ...others.map(other => ({
            target: `./src/${folder}`,
            from: `./src/${other}`,
            message: `'${folder}' knows nothing of '${other}'.`,
          })),
          {
            target: `./src/${folder}`,
            from: './src/plugin.ts',
            message: 'plugin.ts wires the others; none of them knows it.',
          },
        ]),
      },
    ],
  },
});
