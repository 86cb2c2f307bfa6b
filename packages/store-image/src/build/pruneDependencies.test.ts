import {
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pruneDependencies } from './pruneDependencies';

describe('pruneDependencies', () => {
  let modules: string;

  beforeEach(async () => {
    modules = await mkdtemp(join(tmpdir(), 'prune-'));
  });

  afterEach(async () => {
    await rm(modules, { recursive: true, force: true });
  });

  it('keeps what a shop loads and every licence', async () => {
    for (const file of [
      'vite/index.js',
      '@medusajs/utils/dist/index.js',
      '@medusajs/utils/dist/index.d.ts',
      '@medusajs/utils/dist/index.js.map',
      '@medusajs/utils/README.md',
      '@medusajs/utils/LICENSE.md',
      'only-types/index.d.ts',
      'linked/cli.js',
    ]) {
      await mkdir(dirname(join(modules, file)), { recursive: true });
      await writeFile(join(modules, file), '');
    }
    await mkdir(join(modules, '.bin'));
    await symlink('../vite/index.js', join(modules, '.bin/vite'));
    await symlink('../linked/cli.js', join(modules, '.bin/linked'));

    await pruneDependencies(modules);

    expect((await readdir(modules, { recursive: true })).sort()).toEqual([
      '.bin',
      '.bin/linked',
      '@medusajs',
      '@medusajs/utils',
      '@medusajs/utils/LICENSE.md',
      '@medusajs/utils/dist',
      '@medusajs/utils/dist/index.js',
      '@medusajs/utils/dist/migrations',
      'linked',
      'linked/cli.js',
    ]);
  });
});
