import { parseArgs } from 'node:util';
import { stateDirectory } from '@storeyard/local-cluster';
import { instanceName } from '../instance/instanceName';
import { stopPortal } from '../portal/Portal';
import { runForeground } from '../processes/runForeground';
import { fromRoot, nodeTransform } from '../repository/paths';

/** `npm run cluster -- …`: the command line of packages/local-cluster. */
export async function clusterCommand(args: string[]): Promise<number> {
  if (args[0] === 'delete' && !args.includes('--help')) {
    await stopPortalOf(args.slice(1));
  }
  return runForeground(process.execPath, [
    ...nodeTransform,
    fromRoot('packages/local-cluster/src/cli.ts'),
    ...args,
  ]);
}

/** `npm run kubectl -- …`: kubectl on the instance's cluster, as its admin. */
export function kubectlCommand(args: string[]): Promise<number> {
  return clusterCommand(['kubectl', ...args]);
}

/** `npm run helm -- …`: Helm on the instance's cluster, as its admin. */
export function helmCommand(args: string[]): Promise<number> {
  return clusterCommand(['helm', ...args]);
}

/** The portal's database goes with the instance's state, so its portal can't outlive it. */
async function stopPortalOf(args: string[]): Promise<void> {
  const { instance } = parseArgs({
    args,
    options: { instance: { type: 'string' } },
    strict: false,
  }).values;
  const name = typeof instance === 'string' ? instance : instanceName();
  if (await stopPortal(stateDirectory(name))) {
    console.error(`the portal of the instance '${name}' is stopped`);
  }
}
