import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { locatePrograms } from '../../build';
import { ClusterAccess } from '../../platform';
import { ensureMachine } from '../../preflight';
import { NativeCluster } from '../NativeCluster';
import { stateDirectory } from '../../stateDirectory';

/**
 * A native cluster with the programs as they are built, and the probe as the only image. Where the portal's rights are
 * no matter they are left out.
 */
export function testCluster(instance: string): NativeCluster {
  const programs = locatePrograms({ cacheDirectory: cacheDirectory() });
  return NativeCluster.create({
    instance,
    state: stateDirectory(instance),
    log: join(tmpdir(), `${instance}.log`),
    parts: {
      plannedParts: [],
      check: options => ensureMachine({ instance, ...options }),
      buildPrograms: async () => {
        if (!programs.isComplete) {
          throw new Error(
            `the programs in '${programs.bin}' are to be built first`,
          );
        }
        return programs;
      },
      buildImages: async () => [join(programs.images, 'probe.tar')],
      installPlatform: async () => 'kept',
    },
  });
}

/** The admin's way to a test cluster. */
export function adminAccess(cluster: NativeCluster): ClusterAccess {
  const { bin } = locatePrograms({ cacheDirectory: cacheDirectory() });
  const kubeconfig = `--kubeconfig=${cluster.kubeconfigs.admin}`;
  return {
    kubectl: [join(bin, 'kubectl'), kubeconfig],
    helm: [join(bin, 'helm'), kubeconfig],
  };
}
