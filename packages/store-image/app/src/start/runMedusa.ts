import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a command of Medusa's CLI in a process of its own, which a SIGTERM to this one ends too.
 *
 * @throws when it doesn't end with 0
 */
export async function runMedusa(...args: string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    // The same flags, so that it finds what was compiled when the image was built.
    [...process.execArgv, 'node_modules/@medusajs/cli/cli.js', ...args],
    { stdio: 'inherit' },
  );
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  try {
    const [code, signal] = await once(child, 'exit');
    if (code !== 0) {
      throw new Error(
        `MigrationFailed: 'medusa ${args.join(' ')}' ended with '${
          signal ?? code
        }'`,
      );
    }
  } finally {
    process.off('exit', end);
  }
}
