import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

async function listFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) {
    return [path];
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

/** A digest over the names and contents of files and folders, given relative to the root. */
export async function digestFiles(
  root: string,
  paths: string[],
): Promise<string> {
  const found = await Promise.all(
    paths.map(path => listFiles(join(root, path))),
  );
  const hash = createHash('sha256');
  for (const file of found.flat().sort()) {
    const content = await readFile(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
