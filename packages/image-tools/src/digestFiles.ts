import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Options of {@link digestFiles}. */
export interface DigestFilesOptions {
  /** Names of files and directories that are left out at every depth; `*.end` means all names that end so. */
  ignore?: readonly string[];
  /** More input that isn't in a file, versions for example. */
  salt?: readonly string[];
}

/** This package's own files, for the digest of what was made with them. */
export const imageToolsSources: readonly string[] = [__dirname];

/**
 * The SHA-256, in hexadecimal, of files and whole directories: their names below the given paths,
 * contents, executable bits and link targets. Times, owners and the place of a checkout don't matter.
 */
export async function digestFiles(
  paths: readonly string[],
  options: DigestFilesOptions = {},
): Promise<string> {
  const ignore = options.ignore ?? [];
  const hash = createHash('sha256');
  for (const text of options.salt ?? []) {
    addField(hash, `salt ${text}`);
  }
  for (const path of paths) {
    await addEntry(hash, path, basename(path), ignore);
  }
  return hash.digest('hex');
}

async function addEntry(
  hash: Hash,
  path: string,
  name: string,
  ignore: readonly string[],
): Promise<void> {
  const stats = await lstat(path);
  if (stats.isDirectory()) {
    const children = (await readdir(path)).filter(
      child => !ignore.some(pattern => matches(child, pattern)),
    );
    for (const child of children.sort()) {
      await addEntry(hash, join(path, child), `${name}/${child}`, ignore);
    }
  } else if (stats.isSymbolicLink()) {
    addField(hash, `link ${name} ${await readlink(path)}`);
  } else {
    const executable = (stats.mode & 0o111) !== 0;
    addField(hash, `${executable ? 'program' : 'file'} ${name}`);
    addField(hash, await digestContent(path));
  }
}

function matches(name: string, pattern: string): boolean {
  return pattern.startsWith('*')
    ? name.endsWith(pattern.slice(1))
    : name === pattern;
}

async function digestContent(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The length goes first, so that no two lists of fields read the same. */
function addField(hash: Hash, text: string): void {
  hash.update(`${Buffer.byteLength(text)}:${text}`);
}
