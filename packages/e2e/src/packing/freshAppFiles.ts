/** What the fresh app takes over of the checkout, so that it needs no download of its own. */
export interface FreshAppOptions {
  /** Versions that the checkout has, by package. */
  versions: Record<string, string>;
  resolutions: Record<string, string>;
  port: number;
  token: string;
}

const frontend = [
  '@backstage/cli',
  '@backstage/core-components',
  '@backstage/core-plugin-api',
  '@backstage/frontend-defaults',
  '@backstage/frontend-plugin-api',
  '@backstage/plugin-catalog',
  '@backstage/plugin-notifications',
  '@backstage/plugin-scaffolder',
  '@backstage/plugin-signals',
  '@backstage/ui',
  '@storeyard/backstage-plugin-stores',
  'react',
  'react-dom',
  'react-router',
  'react-router-dom',
];

const backend = [
  '@backstage/backend-defaults',
  '@backstage/plugin-app-backend',
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-auth-backend-module-guest-provider',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@backstage/plugin-events-backend',
  '@backstage/plugin-notifications-backend',
  '@backstage/plugin-scaffolder-backend',
  '@backstage/plugin-signals-backend',
  '@storeyard/backstage-plugin-catalog-backend-module-stores',
  '@storeyard/backstage-plugin-scaffolder-backend-module-stores',
  '@storeyard/backstage-plugin-stores-backend',
];

function pick(
  names: readonly string[],
  versions: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    names.map(name => {
      const version = versions[name];
      if (!version) {
        throw new Error(`expected a version of '${name}', found none`);
      }
      return [name, version];
    }),
  );
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** A stock app on the new frontend system with the plugins added as their READMEs say, by path. */
export function freshAppFiles(
  options: FreshAppOptions,
): Record<string, string> {
  const { versions, resolutions, port, token } = options;
  const url = `http://localhost:${port}`;
  return {
    'package.json': json({
      name: 'root',
      version: '1.0.0',
      private: true,
      workspaces: ['packages/*'],
      devDependencies: pick(
        ['@backstage/cli', '@backstage/cli-defaults', 'typescript'],
        versions,
      ),
      resolutions,
    }),
    'backstage.json': json({ version: '1.55.0' }),
    '.yarnrc.yml':
      'nodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\nenableImmutableInstalls: false\n',
    'app-config.yaml': json({
      app: { title: 'Fresh', baseUrl: url, packages: 'all' },
      organization: { name: 'Fresh' },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        csp: { 'upgrade-insecure-requests': false },
        database: { client: 'better-sqlite3', connection: ':memory:' },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'packing-test' } },
          ],
        },
      },
      auth: {
        providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
      },
      stores: {
        secretKey: 'a key that only this fresh app has',
        plans: { small: { description: 'For trying out' } },
        defaultOwner: 'group:default/guests',
      },
    }),
    'packages/app/package.json': json({
      name: 'app',
      version: '0.0.0',
      private: true,
      bundled: true,
      backstage: { role: 'frontend' },
      scripts: { build: 'backstage-cli package build' },
      dependencies: pick(frontend, versions),
      browserslist: ['last 1 chrome version'],
      files: ['dist'],
    }),
    'packages/app/public/index.html':
      '<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>Fresh</title></head><body><div id="root"></div></body></html>\n',
    'packages/app/src/App.tsx': `import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

export default createApp({ features: [catalogPlugin] });
`,
    'packages/app/src/index.tsx': `import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import App from './App';
import '@backstage/ui/css/styles.css';

ReactDOM.createRoot(document.getElementById('root')!).render(App.createRoot());
`,
    'packages/backend/package.json': json({
      name: 'backend',
      version: '0.0.0',
      private: true,
      main: 'dist/index.cjs.js',
      backstage: { role: 'backend' },
      dependencies: {
        ...pick([...backend, 'better-sqlite3'], versions),
        app: 'link:../app',
      },
      devDependencies: pick(['@backstage/cli'], versions),
    }),
    'packages/backend/src/index.ts': `import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();
${backend
  .filter(name => name !== '@backstage/backend-defaults')
  .map(name => `backend.add(import('${name}'));`)
  .join('\n')}
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
`,
  };
}
