import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import {
  createCluster,
  isPortFree,
  stateDirectory,
} from '@storeyard/local-cluster';
import { stringify } from 'yaml';
import { readRunningProcess } from '../processes/ProcessRecord';
import { fromRoot, repositoryRoot } from '../repository/paths';
import { choosePort } from './choosePort';
import { createPortalConfig, metricsListenOf } from './createPortalConfig';
import { portalPaths } from './portalPaths';
import {
  createPortalSettings,
  PortalSettings,
  readPortalSettings,
  writePortalSettings,
  writePrivateFile,
} from './PortalSettings';

/** What {@link preparePortal} wrote. */
export interface PreparedPortal {
  settings: PortalSettings;
  baseUrl: string;
  /** The configuration files, in the order in which they count. */
  configFiles: string[];
  /** The text of the instance's own one. */
  configText: string;
}

/**
 * The ingress's port as the cluster keeps it. Before its first start the one that it will choose: should
 * another be taken meanwhile, the portal is started again with that.
 */
async function ingressPort(instance: string): Promise<number> {
  const cluster = createCluster({ instance });
  try {
    return cluster.ports.ingress;
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
  let port = 8080;
  while (!(await isPortFree(port))) {
    port++;
  }
  return port;
}

/** The instance's settings, made at the first call. Its port is then kept, unless another is asked for. */
export async function bringPortalSettings(options: {
  instance: string;
  port?: number;
}): Promise<PortalSettings> {
  const state = stateDirectory(options.instance);
  const known = await readPortalSettings(state);
  const running = await readRunningProcess(portalPaths(state).processRecord);
  const wanted = options.port ?? known?.port;
  const port =
    running && known && wanted === known.port
      ? known.port
      : await choosePort({ instance: options.instance, wanted });
  if (known && known.port === port) {
    return known;
  }
  const settings = known ? { ...known, port } : createPortalSettings(port);
  await writePortalSettings(state, settings);
  return settings;
}

/** Writes the configuration of the instance's portal. */
export async function preparePortal(options: {
  instance: string;
  port?: number;
}): Promise<PreparedPortal> {
  const { instance } = options;
  const state = stateDirectory(instance);
  const settings = await bringPortalSettings(options);
  const cluster = createCluster({ instance });
  const config = createPortalConfig({
    instance,
    settings,
    stateDirectory: state,
    repositoryRoot,
    kubeconfig: cluster.kubeconfigs.portal,
    // The native node's own one; a context's cluster comes without programs of ours.
    helmCommand:
      cluster.auditLog === undefined ? 'helm' : join(state, 'bin', 'helm'),
    ingressPort: await ingressPort(instance),
    preparationFile: join(state, 'progress.json'),
    metricsListen: metricsListenOf(instance),
  });
  const configText = stringify(config);
  const { config: configFile } = portalPaths(state);
  await writePrivateFile(configFile, configText);
  return {
    settings,
    baseUrl: `http://localhost:${settings.port}`,
    configFiles: [fromRoot('app-config.yaml'), configFile],
    configText,
  };
}
