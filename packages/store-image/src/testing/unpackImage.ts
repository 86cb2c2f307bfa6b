import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageConfig } from '@storeyard/image-tools';
import { execa } from 'execa';

/** Unpacks an image's layers over one another, as a container runtime does. @returns the image's config */
export async function unpackImage(
  archive: string,
  root: string,
): Promise<ImageConfig> {
  const opened = await mkdtemp(join(tmpdir(), 'image-'));
  try {
    await execa('tar', ['-xf', archive, '-C', opened]);
    const json = async (path: string) =>
      JSON.parse(await readFile(join(opened, path), 'utf8'));
    const [{ Config, Layers }] = await json('manifest.json');
    await mkdir(root, { recursive: true });
    for (const layer of Layers) {
      await execa('tar', [
        ...['-xzpf', join(opened, layer), '-C', root],
        '--keep-directory-symlink',
      ]);
    }
    return (await json(Config)).config;
  } finally {
    await rm(opened, { recursive: true, force: true });
  }
}
