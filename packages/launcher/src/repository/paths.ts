import { resolve } from 'node:path';

/** The root of the checkout that this launcher belongs to. */
// eslint-disable-next-line no-restricted-syntax -- the launcher only ever runs from the checkout
export const repositoryRoot = resolve(__dirname, '../../../..');

/** An absolute path from one that is relative to the repository's root. */
export function fromRoot(...segments: string[]): string {
  return resolve(repositoryRoot, ...segments);
}

/** Node's flag that lets it run the repository's TypeScript from source. */
export const nodeTransform = [
  '--require',
  fromRoot('node_modules/@backstage/cli/config/nodeTransform.cjs'),
];
