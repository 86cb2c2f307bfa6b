import { createHash, Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProgramPart } from './ProgramPart';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('_test.go'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

function addFiles(hash: Hash, root: string, files: string[]): void {
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
}

/** The digest of all that a part is made from: its recipe and its sources, not its tests. */
export function partDigest(part: ProgramPart, goFolder: string): string {
  const { id, version, build, programs, image, sources } = part;
  const module = join(goFolder, build.module);
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ id, version, build, programs, image }));
  const files =
    sources === undefined
      ? filesBelow(module)
      : [
          join(module, 'go.mod'),
          join(module, 'go.sum'),
          ...sources.flatMap(folder => filesBelow(join(module, folder))),
        ];
  addFiles(hash, goFolder, files);
  return hash.digest('hex');
}

/** The name of the folder that holds what these digests make: `v1.36.3-<8 hex digits>`. */
export function clusterKey(version: string, digests: string[]): string {
  const all = createHash('sha256').update(digests.join('\n')).digest('hex');
  return `${version}-${all.slice(0, 8)}`;
}
