import { spawn } from 'node:child_process';

/** Runs a program with our terminal. Resolves to its exit code; a signal counts as 1. */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}
