import { join } from 'node:path';
import { writeImageArchive } from '@storeyard/image-tools';
import {
  postgresImageConfig,
  postgresReference,
} from '@storeyard/postgres-image';
import { storeImageConfig, storeReference } from '../storeImage';
import { recordStoreImages } from './storeImagesRecord';

/** Folders that the two images are made of. */
export interface ImageInputs {
  storeRoot: string;
  postgresRoot: string;
  /** The packages that a running shop needs. */
  production: string;
  /** The shop's server, admin and storefront. */
  server: string;
  /** What was prepared in a first boot, in `store` and `postgres`. */
  prepared: string;
}

/** Writes both images' archives, and what they are, into an empty folder. */
export async function writeArchives(
  into: string,
  inputs: ImageInputs,
  signal: AbortSignal,
): Promise<void> {
  const { storeRoot, postgresRoot, production, server, prepared } = inputs;
  const store = { file: 'medusa-store.tar', reference: storeReference };
  const { digest: storeDigest } = await writeImageArchive({
    output: join(into, store.file),
    reference: store.reference,
    config: storeImageConfig,
    layers: [
      { directory: storeRoot },
      { directory: production, prefix: 'app' },
      { directory: server, prefix: 'app' },
      { directory: join(prepared, 'store'), prefix: 'app' },
    ],
    signal,
  });
  const postgres = { file: 'postgres.tar', reference: postgresReference };
  const { digest: postgresDigest } = await writeImageArchive({
    output: join(into, postgres.file),
    reference: postgres.reference,
    config: postgresImageConfig,
    layers: [
      { directory: postgresRoot },
      { directory: join(prepared, 'postgres') },
    ],
    signal,
  });
  await recordStoreImages(into, {
    store: { ...store, digest: storeDigest },
    postgres: { ...postgres, digest: postgresDigest },
  });
}
