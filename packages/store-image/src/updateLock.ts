import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { medusaVersion } from './medusaVersion';

const app = join(__dirname, '../app');
const MEDUSA_PACKAGES = ['admin-sdk', 'cli', 'framework', 'medusa'];

/**
 * Takes the Medusa version over into the app's package.json and makes its lock anew. The lock names no registry, so that it
 * works with whichever is configured.
 */
async function updateLock(): Promise<void> {
  const file = join(app, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  for (const name of MEDUSA_PACKAGES) {
    manifest.dependencies[`@medusajs/${name}`] = medusaVersion;
  }
  await writeFile(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  await execa(
    'npm',
    ['install', '--package-lock-only', '--omit-lockfile-registry-resolved'],
    { cwd: app, stdio: 'inherit' },
  );
}

updateLock().catch(error => {
  console.error(error);
  process.exit(1);
});
