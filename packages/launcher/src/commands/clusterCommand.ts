import { nodeTransform, fromRoot } from '../repository/paths';
import { runForeground } from '../processes/runForeground';

/** `npm run cluster -- …`: the command line of packages/local-cluster. */
export function clusterCommand(args: string[]): Promise<number> {
  return runForeground(process.execPath, [
    ...nodeTransform,
    fromRoot('packages/local-cluster/src/cli.ts'),
    ...args,
  ]);
}
