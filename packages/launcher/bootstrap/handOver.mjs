import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentFor } from './dependencies.mjs';
import { root } from './paths.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs the TypeScript entry, passes signals on to it, and ends the way it ends. */
export function runAndExit(node, args) {
  const child = spawn(
    node,
    [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'packages', 'launcher', 'src', 'cli.ts'),
      ...args,
    ],
    { stdio: 'inherit', env: environmentFor(node) },
  );
  for (const signal of forwarded) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group; a second one would mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) {
        child.kill(signal);
      }
    });
  }
  child.on('error', error => {
    console.error(`Could not run '${node}': ${error.message}`);
    process.exit(1);
  });
  child.on('close', (code, signal) => {
    if (signal) {
      forwarded.forEach(name => process.removeAllListeners(name));
      process.kill(process.pid, signal);
    } else {
      process.exit(code ?? 1);
    }
  });
}
