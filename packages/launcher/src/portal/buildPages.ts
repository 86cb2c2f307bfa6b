import { readFile, writeFile } from 'node:fs/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { digestFiles } from '@storeyard/image-tools';
import { binPath } from '../commands/runBin';
import { runLogged } from '../processes/runLogged';
import { withLock } from '../processes/withLock';
import { fromRoot } from '../repository/paths';

const sources = [
  'packages/app/package.json',
  'packages/app/config.d.ts',
  'packages/app/public',
  'packages/app/src',
  'plugins/stores/package.json',
  'plugins/stores/src',
  'plugins/stores-common/package.json',
  'plugins/stores-common/src',
  'app-config.yaml',
  'yarn.lock',
];

// In the folder that a build empties first: it names what was built to the end.
const stamp = fromRoot('packages/app/dist/.storeyard-digest');

async function readStamp(): Promise<string | undefined> {
  try {
    return await readFile(stamp, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Options of {@link buildPages}. */
export interface BuildPagesOptions {
  logFile: string;
  signal?: AbortSignal;
  /** Called when there is something to build. */
  onBuild?: () => void;
}

/** One build of a checkout at a time: all its instances serve the same folder. */
export async function buildPages(options: BuildPagesOptions): Promise<string> {
  const { signal } = options;
  return withLock({ path: fromRoot('.toolchain/pages.lock'), signal }, () =>
    buildOnce(options),
  );
}

/** Builds packages/app unless what its sources say now is built already. Resolves to their digest. */
async function buildOnce(options: BuildPagesOptions): Promise<string> {
  const { logFile, signal } = options;
  const digest = await digestFiles(sources.map(path => fromRoot(path)));
  if ((await readStamp()) === digest) {
    return digest;
  }
  options.onBuild?.();
  const code = await runLogged(
    process.execPath,
    [binPath('@backstage/cli', 'backstage-cli'), 'package', 'build'],
    {
      cwd: fromRoot('packages/app'),
      env: { NODE_ENV: 'production' },
      logFile,
      signal,
    },
  );
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new ServiceUnavailableError(
      `The portal's pages could not be built (exit code ${code}): see '${logFile}'`,
    );
  }
  await writeFile(stamp, digest);
  return digest;
}
