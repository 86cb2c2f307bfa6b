import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  '..',
);

/** What the bootstrap brings and notes; ignored by Git and safe to remove. */
export const toolchain = join(root, '.toolchain');
