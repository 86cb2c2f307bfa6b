import { chown, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storeUserId } from '../storeImage';
import { pruneDependencies } from './pruneDependencies';
import { runLogged } from './runLogged';

/** The Medusa app, with an npm lock of its own. */
export const appSources = join(__dirname, '../../app');

interface StepOptions {
  log: string;
  signal?: AbortSignal;
}

const quietNpm = {
  MEDUSA_DISABLE_TELEMETRY: '1',
  NPM_CONFIG_AUDIT: 'false',
  NPM_CONFIG_FUND: 'false',
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
};

const lockFiles = ['package.json', 'package-lock.json'];

/** Installs all that the lock names, what the build needs included. */
export async function installDependencies(
  options: StepOptions & { into: string },
): Promise<void> {
  await copyAll(lockFiles, options.into);
  await runLogged({
    ...options,
    command: 'npm',
    args: ['ci', '--no-progress'],
    cwd: options.into,
    env: quietNpm,
  });
}

/** Makes the `node_modules` of a running shop out of the installed ones, sharing their files. */
export async function createProductionDependencies(
  options: StepOptions & { dependencies: string; into: string },
): Promise<void> {
  const { dependencies, into, log, signal } = options;
  await copyAll(lockFiles, into);
  await runLogged({
    command: 'cp',
    args: ['-al', join(dependencies, 'node_modules'), into],
    ...{ log, signal },
  });
  await runLogged({
    command: 'npm',
    args: ['prune', '--omit=dev', '--ignore-scripts', '--no-progress'],
    cwd: into,
    env: quietNpm,
    ...{ log, signal },
  });
  await pruneDependencies(join(into, 'node_modules'));
  for (const name of lockFiles) {
    await rm(join(into, name));
  }
}

/** Compiles server, admin and storefront. The result is all of `/app` but the packages. */
export async function buildServer(
  options: StepOptions & { dependencies: string; into: string },
): Promise<void> {
  const { dependencies, into, log, signal } = options;
  const sources = ['src', 'medusa-config.ts', 'tsconfig.json'];
  for (const name of [...sources, '.medusa']) {
    await rm(join(dependencies, name), { recursive: true, force: true });
  }
  await copyAll(sources, dependencies);
  await runLogged({
    command: process.execPath,
    args: ['node_modules/@medusajs/cli/cli.js', 'build'],
    cwd: dependencies,
    env: {
      ...quietNpm,
      NODE_ENV: 'production',
      // Enough, and all that a small machine has.
      NODE_OPTIONS: '--max-old-space-size=1536',
    },
    ...{ log, signal },
  });
  await rm(into, { recursive: true });
  await rename(join(dependencies, '.medusa/server'), into);

  const storefront = join(appSources, 'storefront');
  await cp(join(storefront, 'public'), join(into, 'storefront'), {
    recursive: true,
  });
  await runLogged({
    command: join(dependencies, 'node_modules/.bin/esbuild'),
    args: [
      join(storefront, 'src/main.ts'),
      ...['--bundle', '--minify', '--format=esm', '--target=es2022'],
      `--outfile=${join(into, 'storefront/shop.js')}`,
    ],
    ...{ log, signal },
  });

  const uploads = join(into, 'static');
  await mkdir(uploads, { recursive: true });
  await chown(uploads, storeUserId, storeUserId);
}

async function copyAll(names: readonly string[], into: string): Promise<void> {
  for (const name of names) {
    await cp(join(appSources, name), join(into, name), { recursive: true });
  }
}
