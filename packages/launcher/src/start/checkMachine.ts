import { ServiceUnavailableError } from '@backstage/errors';
import {
  LocalCluster,
  renderProblem,
  runPreflight,
} from '@storeyard/local-cluster';

/**
 * Everything that a start would fail on later, said now, a line each, before anything is changed.
 * A cluster that somebody else made has no wishes to this machine.
 */
export async function checkMachine(
  cluster: LocalCluster,
  print: (line: string) => void,
): Promise<void> {
  const { provider } = await cluster.status();
  if (provider === 'context') {
    return;
  }
  const { problems, packages } = await runPreflight({
    instance: cluster.instance,
  });
  if (problems.length > 0) {
    throw new ServiceUnavailableError(problems.map(renderProblem).join('\n'));
  }
  if (packages.length > 0) {
    print(`Debian packages that will be installed: ${packages.join(', ')}`);
  }
}
