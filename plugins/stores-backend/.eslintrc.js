/** Arrows between the folders run one way; docs/architecture.md draws them. */
const forbidden = {
  database: ['cluster', 'helm', 'engines', 'reconciler', 'api', 'metrics'],
  cluster: ['database', 'helm', 'engines', 'reconciler', 'api', 'metrics'],
  helm: ['database', 'engines', 'reconciler', 'api', 'metrics'],
  engines: ['database', 'cluster', 'helm', 'reconciler', 'api', 'metrics'],
  permissions: ['database', 'cluster', 'helm', 'reconciler', 'api', 'metrics'],
  metrics: ['cluster', 'helm', 'engines', 'reconciler', 'api'],
  reconciler: ['api', 'metrics'],
  api: ['reconciler', 'metrics', 'cluster', 'helm'],
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
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
