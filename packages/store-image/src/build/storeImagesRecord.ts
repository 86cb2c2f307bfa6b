import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestFiles, imageToolsSources } from '@storeyard/image-tools';
import { postgresSources } from '@storeyard/postgres-image';
import { nodeVersion } from '../storeImage';
import { appSources } from './application';
import { ownSource } from './ownSources';

/** An image as a file that a cluster can load. */
export interface BuiltImage {
  /** Path of an OCI layout, and Docker archive, as one file. */
  archive: string;
  /** The name that it has once loaded. */
  reference: string;
  /** The manifest's digest, `sha256:…`. */
  digest: string;
}

/** What a store runs. */
export interface StoreImages {
  store: BuiltImage;
  postgres: BuiltImage;
}

/** An archive by the name of its file. */
export type NamedArchive = Omit<BuiltImage, 'archive'> & { file: string };

type Recorded = Record<keyof StoreImages, NamedArchive & { size: number }>;

const RECORD = 'images.json';

/** Where the images are or will be, by the sources as they are now. Nothing is built. */
export async function locateStoreImages(
  cacheDirectory: string,
): Promise<{ folder: string; key: string; images?: StoreImages }> {
  const key = await digestFiles(
    [
      appSources,
      ...['build', 'namespace', 'shopper'].map(ownSource),
      ...['medusaVersion.ts', 'storeImage.ts'].map(ownSource),
      ...postgresSources,
      ...imageToolsSources,
    ],
    {
      ignore: ['node_modules', '.medusa', '*.test.ts'],
      salt: [nodeVersion, process.arch],
    },
  );
  const folder = join(cacheDirectory, 'images', key.slice(0, 16));
  return { folder, key, images: await readStoreImages(folder) };
}

/** What was built into a folder; `undefined` when it isn't whole. */
export async function readStoreImages(
  folder: string,
): Promise<StoreImages | undefined> {
  let record: Recorded;
  try {
    record = JSON.parse(await readFile(join(folder, RECORD), 'utf8'));
    for (const { file, size } of Object.values(record)) {
      if ((await stat(join(folder, file))).size !== size) {
        return undefined;
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  return toImages(folder, record);
}

/** Notes what was built into a folder, so that it counts as whole. */
export async function recordStoreImages(
  folder: string,
  images: Record<keyof StoreImages, NamedArchive>,
): Promise<void> {
  const measured = async (image: NamedArchive) => ({
    ...image,
    size: (await stat(join(folder, image.file))).size,
  });
  const record: Recorded = {
    store: await measured(images.store),
    postgres: await measured(images.postgres),
  };
  await writeFile(
    join(folder, RECORD),
    `${JSON.stringify(record, undefined, 2)}\n`,
  );
}

function toImages(folder: string, record: Recorded): StoreImages {
  const image = ({ file, reference, digest }: Recorded['store']) => ({
    archive: join(folder, file),
    reference,
    digest,
  });
  return { store: image(record.store), postgres: image(record.postgres) };
}
