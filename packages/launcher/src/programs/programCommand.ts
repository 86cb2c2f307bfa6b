import { createCluster, programs } from '@storeyard/local-cluster';
import { instanceName } from '../instance/instanceName';
import { runForeground } from '../processes/runForeground';

async function runProgram(
  program: 'kubectl' | 'helm',
  args: string[],
): Promise<number> {
  const cluster = createCluster({ instance: instanceName() });
  const [paths, environment] = await Promise.all([
    programs(),
    cluster.environment(),
  ]);
  return runForeground(paths[program], args, { env: environment });
}

/** `npm run kubectl -- …`: kubectl of the instance's cluster, with its kubeconfig. */
export function kubectlCommand(args: string[]): Promise<number> {
  return runProgram('kubectl', args);
}

/** `npm run helm -- …`: Helm of the instance's cluster, with its kubeconfig. */
export function helmCommand(args: string[]): Promise<number> {
  return runProgram('helm', args);
}
