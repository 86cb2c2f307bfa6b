import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a program and shows those of its lines that `wanted` lets through (all by default).
 * Resolves to its exit code; a signal counts as 1.
 */
export function run(command, args, options, wanted = () => true) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['inherit', 'pipe', 'inherit'],
      ...options,
    });
    createInterface({ input: child.stdout }).on('line', line => {
      if (wanted(line)) {
        console.log(line);
      }
    });
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}
