import { createCluster, stateDirectory } from '@storeyard/local-cluster';
import { instanceName } from '../instance/instanceName';
import { stopPortal } from '../portal/Portal';

/** `npm stop`: ends the portal, then the cluster, in order. What is stored stays. */
export async function stopCommand(): Promise<number> {
  const instance = instanceName();
  const wasRunning = await stopPortal(stateDirectory(instance));
  console.log(wasRunning ? 'portal: stopped' : 'portal: was not running');
  const cluster = createCluster({ instance });
  await cluster.stop();
  console.log('cluster: stopped; npm start goes on with all that is stored');
  return 0;
}
