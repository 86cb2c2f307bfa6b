import { ConflictError } from '@backstage/errors';
import type { ClusterAccess } from './ClusterAccess';
import { runProgram } from './runProgram';

/**
 * Takes the platform's chart and its namespace out of a cluster.
 *
 * @throws ConflictError naming the stores that are left, which nobody would manage then
 */
export async function uninstallPlatform(access: ClusterAccess): Promise<void> {
  const { kubectl, helm } = access;
  const stores = await runProgram(kubectl, [
    ...['get', 'namespaces', '-l', 'storeyard.dev/store-id'],
    ...['-o', 'jsonpath={.items[*].metadata.name}'],
  ]);
  if (stores) {
    throw new ConflictError(
      `stores are left in the cluster, in the namespaces '${stores
        .split(' ')
        .join("', '")}': delete them first`,
    );
  }
  await runProgram(helm, [
    ...['uninstall', 'platform', '--namespace', 'platform'],
    ...['--ignore-not-found', '--wait'],
  ]);
  await runProgram(kubectl, [
    ...['delete', 'namespace', 'platform', '--ignore-not-found'],
  ]);
}
