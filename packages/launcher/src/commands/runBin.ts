import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { runForeground } from '../processes/runForeground';
import { fromRoot, repositoryRoot } from '../repository/paths';

const requireFromRoot = createRequire(fromRoot('package.json'));

/** The script behind a program that a dependency of the repository installs. */
export function binPath(packageName: string, bin: string): string {
  const manifestPath = requireFromRoot.resolve(`${packageName}/package.json`);
  const manifest = requireFromRoot(manifestPath) as {
    bin?: string | Record<string, string>;
  };
  const path =
    typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[bin];
  if (!path) {
    throw new NotFoundError(`'${packageName}' installs no program '${bin}'`);
  }
  return join(dirname(manifestPath), path);
}

/** Runs a dependency's program at the repository's root. Resolves to its exit code. */
export function runBin(
  packageName: string,
  bin: string,
  args: string[],
  env?: NodeJS.ProcessEnv,
): Promise<number> {
  return runForeground(process.execPath, [binPath(packageName, bin), ...args], {
    cwd: repositoryRoot,
    env,
  });
}
