import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { Browser } from '../testbed/Browser';
import { waitFor } from '../testbed/waitFor';
import { findUndeclaredImports } from './findUndeclaredImports';
import { FreshApp } from './FreshApp';
import { findMissingFiles, PackedPlugin, packPlugins } from './packPlugins';

const root = resolve(__dirname, '../../../..');
const logFile = join(cacheDirectory(), 'test-logs', 'packing.log');

jest.setTimeout(600_000);

describe('the packed plugins', () => {
  let directory: string;
  let plugins: PackedPlugin[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'storeyard-packing-'));
    await mkdir(join(cacheDirectory(), 'test-logs'), { recursive: true });
    await writeFile(logFile, '');
    plugins = await packPlugins({ root, directory, logFile });
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it('are all that the suite consists of', () => {
    expect(plugins.map(plugin => plugin.name).sort()).toEqual([
      '@storeyard/backstage-plugin-catalog-backend-module-stores',
      '@storeyard/backstage-plugin-scaffolder-backend-module-stores',
      '@storeyard/backstage-plugin-stores',
      '@storeyard/backstage-plugin-stores-backend',
      '@storeyard/backstage-plugin-stores-common',
      '@storeyard/backstage-plugin-stores-node',
    ]);
  });

  it('hold every file that their manifests name', async () => {
    for (const plugin of plugins) {
      expect([plugin.name, await findMissingFiles(plugin)]).toEqual([
        plugin.name,
        [],
      ]);
    }
  });

  it('import nothing that they do not declare', async () => {
    for (const plugin of plugins) {
      expect([plugin.name, await findUndeclaredImports(plugin)]).toEqual([
        plugin.name,
        [],
      ]);
    }
  });

  it('depend on no package of this repository that is private', () => {
    const names = plugins.map(plugin => plugin.name);
    for (const { name, manifest } of plugins) {
      const own = Object.keys(manifest.dependencies ?? {}).filter(dependency =>
        dependency.startsWith('@storeyard/'),
      );
      expect([name, own.filter(own1 => !names.includes(own1))]).toEqual([
        name,
        [],
      ]);
      expect(JSON.stringify(manifest.dependencies ?? {})).not.toContain(
        'workspace:',
      );
    }
  });

  it('bring the chart that stores are made of', async () => {
    const backend = plugins.find(plugin => plugin.name.endsWith('-backend'));
    const chart = join(backend!.directory, 'chart/Chart.yaml');
    expect((await stat(chart)).isFile()).toBe(true);
  });

  describe('in a fresh app', () => {
    let app: FreshApp;

    beforeAll(async () => {
      app = await FreshApp.create({
        root,
        directory: join(directory, 'app'),
        logFile,
        plugins,
      });
      await app.buildPages();
      app.startBackend();
      await waitFor(
        { what: 'the fresh backend is ready', deadline: 180_000 },
        async () => {
          if (app.hasEnded) {
            throw new Error(`the backend has ended, see '${logFile}'`);
          }
          const path = '/.backstage/health/v1/readiness';
          return (await app.call(path)).status === 200;
        },
      );
    });

    afterAll(async () => {
      await app?.stop();
    });

    it('come up without a cluster, and say so', async () => {
      const status = await waitFor(
        { what: 'a first try to reach a cluster', deadline: 60_000 },
        async () => {
          const { body } = await app.call('/api/stores/cluster');
          const cluster = body as { reachable?: boolean; message?: string };
          return cluster.reachable === undefined ? undefined : cluster;
        },
      );
      expect(status).toEqual(
        expect.objectContaining({
          reachable: false,
          message: expect.stringMatching(/\w+/),
        }),
      );
    });

    it('take a request and keep it until there is a cluster', async () => {
      const created = await app.call('/api/stores', {
        method: 'POST',
        body: JSON.stringify({ name: 'Fresh Shop', engine: 'medusa' }),
      });
      expect(created).toEqual({
        status: 201,
        body: expect.objectContaining({ state: 'REQUESTED' }),
      });
    });

    it('bring their actions', async () => {
      const { body } = await app.call('/api/scaffolder/v2/actions');
      const ids = (body as Array<{ id: string }>).map(action => action.id);
      expect(ids).toEqual(
        expect.arrayContaining([
          'storeyard:store:create',
          'storeyard:store:wait',
          'storeyard:store:delete',
        ]),
      );
    });

    it('show the store in the catalog', async () => {
      const entity = await waitFor(
        { what: 'the entity of the store', deadline: 60_000 },
        async () => {
          const path =
            '/api/catalog/entities?filter=kind=component,spec.type=medusa-store';
          const { body } = await app.call(path);
          return (body as unknown[])[0];
        },
      );
      expect(entity).toEqual(
        expect.objectContaining({
          metadata: expect.objectContaining({ title: 'Fresh Shop' }),
        }),
      );
    });

    it('show their page', async () => {
      const browser = await Browser.start();
      try {
        const page = await browser.open({
          url: `${app.url}/stores`,
          width: 1280,
        });
        const heading = page.getByRole('heading', { name: 'Stores' }).first();
        const enter = page.getByRole('button', { name: 'Enter' });
        await heading.or(enter).first().waitFor({ timeout: 60_000 });
        if (await enter.isVisible()) {
          await enter.click();
        }
        await heading.waitFor({ timeout: 60_000 });
        await page
          .getByRole('link', { name: 'Fresh Shop' })
          .first()
          .waitFor({ timeout: 60_000 });
        expect(page.url()).toBe(`${app.url}/stores`);
      } finally {
        await browser.stop();
      }
    });
  });
});
