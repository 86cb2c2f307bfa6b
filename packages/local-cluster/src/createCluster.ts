import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { storeImageParts } from '@storeyard/store-image';
import { plannedProgramParts } from './build';
import { checkImageBuild } from './context/checkImageBuild';
import { ContextCluster } from './context/ContextCluster';
import { readContextRecord } from './context/ContextRecord';
import { CreateClusterOptions, LocalCluster } from './LocalCluster';
import { NativeCluster } from './native/NativeCluster';
import { instancePaths } from './native/instancePaths';
import { installPlatform } from './platform';
import { ensureMachine } from './preflight';
import {
  buildLog,
  prepareContextImages,
  prepareImages,
  preparePrograms,
} from './prepareCluster';
import { stateDirectory } from './stateDirectory';

/**
 * A cluster for Storeyard on this machine: the native single node, or a kube context that is named. Nothing happens
 * before its first method is called.
 *
 * @throws InputError for an instance name that can't be
 */
export function createCluster(options: CreateClusterOptions): LocalCluster {
  const { instance, context, logger } = options;
  const state = stateDirectory(instance);
  const paths = instancePaths(state);
  const provider =
    options.provider ??
    (context !== undefined || readContextRecord(paths.record)
      ? 'context'
      : 'native');
  if (provider === 'context') {
    return ContextCluster.create({
      ...{ instance, state, context, logger, log: buildLog() },
      ingressPort: options.ingressPort,
      check: () => checkImageBuild(cacheDirectory()),
      buildImages: prepareContextImages,
    });
  }
  return NativeCluster.create({
    instance,
    state,
    logger,
    log: buildLog(),
    parts: {
      plannedParts: [...plannedProgramParts(), ...storeImageParts],
      check: checkOptions => ensureMachine({ instance, ...checkOptions }),
      buildPrograms: preparePrograms,
      buildImages: prepareImages,
      installPlatform: ({ bin, signal }) =>
        installPlatform({
          access: {
            kubectl: [
              join(bin, 'kubectl'),
              `--kubeconfig=${paths.adminKubeconfig}`,
            ],
            helm: [join(bin, 'helm'), `--kubeconfig=${paths.adminKubeconfig}`],
          },
          kubeconfig: paths.portalKubeconfig,
          stamp: paths.platform,
          name: `storeyard-${instance}`,
          signal,
        }),
    },
  });
}
