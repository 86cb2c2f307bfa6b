import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { stateDirectory } from '@storeyard/local-cluster';
import { runBin } from '../commands/runBin';
import { instanceName } from '../instance/instanceName';
import { stopPortal } from '../portal/Portal';
import { preparePortal } from '../portal/preparePortal';
import { portalPaths } from '../portal/portalPaths';
import { writePrivateFile } from '../portal/PortalSettings';

const pagesUrl = 'http://localhost:3000';

/**
 * `npm run dev`: the portal with hot reloading, on the state and the cluster of the instance. It takes the
 * place of the portal in the background, since one database has one portal.
 */
export async function devCommand(args: string[]): Promise<number> {
  const instance = instanceName();
  const state = stateDirectory(instance);
  if (await stopPortal(state)) {
    console.log('dev: the portal in the background was stopped');
  }
  const prepared = await preparePortal({ instance });
  await mkdir(portalPaths(state).database, { recursive: true, mode: 0o700 });
  const overrides = join(state, 'app-config.dev.yaml');
  await writePrivateFile(
    overrides,
    stringify({
      app: { baseUrl: pagesUrl },
      backend: { cors: { origin: pagesUrl, credentials: true } },
    }),
  );
  const code = await runBin('@backstage/cli', 'backstage-cli', [
    'repo',
    'start',
    ...[...prepared.configFiles, overrides].flatMap(file => ['--config', file]),
    ...args,
  ]);
  console.log('dev: ended; npm start brings the portal in the background back');
  return code;
}
