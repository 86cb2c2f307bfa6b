import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removePortal } from '@storeyard/launcher';
import { createCluster, stateDirectory } from '@storeyard/local-cluster';

/** Instances of test runs bear their process's id; those of runs that were killed are deleted here. */
export async function removeStaleInstances(): Promise<void> {
  const root = dirname(stateDirectory('local'));
  if (!existsSync(root)) {
    return;
  }
  for (const name of await readdir(root)) {
    const pid = /^t(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      await removePortal(stateDirectory(name));
      await createCluster({ instance: name, provider: 'native' }).delete();
    }
  }
}
