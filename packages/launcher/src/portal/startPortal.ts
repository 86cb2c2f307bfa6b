import { mkdir } from 'node:fs/promises';
import { digestFiles } from '@storeyard/image-tools';
import { stateDirectory } from '@storeyard/local-cluster';
import { endProcess } from '../processes/endProcess';
import {
  readRunningProcess,
  writeProcessRecord,
} from '../processes/ProcessRecord';
import { startDetached } from '../processes/startDetached';
import { fromRoot, nodeTransform } from '../repository/paths';
import { buildPages } from './buildPages';
import { loopbackUrl } from './loopbackUrl';
import { Portal } from './Portal';
import { portalPaths } from './portalPaths';
import { PreparedPortal, preparePortal } from './preparePortal';
import { waitUntilReady } from './waitUntilReady';

/** Options of {@link startPortal}. */
export interface StartPortalOptions {
  instance: string;
  /** Default: the one that the instance had before, else a free one. */
  port?: number;
  /** Further configuration files, which count over the instance's own. */
  configFiles?: string[];
  signal?: AbortSignal;
  /** Called when the pages have to be built first, which takes about half a minute. */
  onBuild?: () => void;
}

const backendSources = [
  'packages/backend/src',
  'packages/backend/package.json',
  'plugins/stores-backend/src',
  'plugins/stores-backend/migrations',
  'plugins/stores-common/src',
  'plugins/stores-node/src',
  'plugins/catalog-backend-module-stores/src',
  'plugins/scaffolder-backend-module-stores/src',
  'app-config.yaml',
  'yarn.lock',
];

/** Of all that a portal's process runs with. */
function digestOf(
  prepared: PreparedPortal,
  pages: string,
  extra: string[],
): Promise<string> {
  return digestFiles(
    [...backendSources.map(path => fromRoot(path)), ...extra],
    {
      salt: [prepared.configText, pages],
    },
  );
}

/**
 * Starts the portal of an instance in the background and resolves when it is ready. One that runs already
 * with the same code and configuration is left running; another is replaced.
 */
export async function startPortal(
  options: StartPortalOptions,
): Promise<Portal> {
  const { configFiles: extra = [] } = options;
  const state = stateDirectory(options.instance);
  const paths = portalPaths(state);
  const pages = await buildPages({ ...options, logFile: paths.buildLog });
  const prepared = await preparePortal(options);
  const digest = await digestOf(prepared, pages, extra);

  let running = await readRunningProcess(paths.processRecord);
  if (running && running.digest !== digest) {
    await endProcess(running, { graceMilliseconds: 20_000 });
    running = undefined;
  }
  if (!running) {
    await mkdir(paths.database, { recursive: true, mode: 0o700 });
    running = await startDetached(
      process.execPath,
      [
        ...nodeTransform,
        fromRoot('packages/backend/src/index.ts'),
        ...[...prepared.configFiles, ...extra].flatMap(file => [
          '--config',
          file,
        ]),
      ],
      {
        cwd: fromRoot('packages/backend'),
        env: { ...process.env, NODE_ENV: 'production' },
        logFile: paths.log,
        digest,
      },
    );
    await writeProcessRecord(paths.processRecord, running);
  }
  await waitUntilReady({
    baseUrl: loopbackUrl(prepared.baseUrl),
    isRunning: async () =>
      (await readRunningProcess(paths.processRecord)) !== undefined,
    log: paths.log,
    timeoutMilliseconds: 120_000,
    signal: options.signal,
  });
  return Portal.create({
    baseUrl: prepared.baseUrl,
    token: prepared.settings.token,
    stateDirectory: state,
    process: running,
  });
}
