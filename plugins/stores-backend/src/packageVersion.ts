import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** The plugin's version, as its manifest has it. */
export function packageVersion(): string {
  const manifest = resolvePackagePath(
    '@storeyard/backstage-plugin-stores-backend',
    'package.json',
  );
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
