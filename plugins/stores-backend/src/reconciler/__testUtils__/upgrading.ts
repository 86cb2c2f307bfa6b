import type { WorkloadObject } from '../../cluster';
import type { StoreRecord } from '../../database/StoreRecord';
import type { Orchestrator } from '../Orchestrator';
import type { Portal } from './Portal';
import type { TestCluster } from './TestCluster';

/** Asks for another plan or other parameters, as the router does. */
export async function upgrade(
  portal: Portal,
  orchestrator: Orchestrator,
  id: string,
  change: { plan?: string; parameters?: StoreRecord['parameters'] },
): Promise<void> {
  await portal.stores.requestUpgrade({ id, actor: portal.actor, ...change });
  orchestrator.enqueue(id);
}

export async function untilGeneration(
  portal: Portal,
  id: string,
  generation: number,
): Promise<StoreRecord> {
  return await portal.until(
    id,
    ({ state, observedGeneration }) =>
      state === 'READY' && observedGeneration === generation,
  );
}

export async function shopOf(
  cluster: TestCluster,
  namespace: string,
): Promise<WorkloadObject | undefined> {
  return await cluster.find<WorkloadObject>(
    'Deployment',
    'medusa-api',
    namespace,
  );
}
