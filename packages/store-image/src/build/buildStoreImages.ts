import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError, NotImplementedError } from '@backstage/errors';
import { digestFiles } from '@storeyard/image-tools';
import { bothOrNone } from './bothOrNone';
import { BuildContext, part } from './BuildContext';
import { BuildFolder } from './BuildFolder';
import { buildApplication, buildRoots } from './buildInputs';
import { BuildLock } from './BuildLock';
import { ownSource } from './ownSources';
import { storeImageParts, type StoreImagesProgress } from './parts';
import { prepareInNamespaces } from './prepareInNamespaces';
import {
  locateStoreImages,
  readStoreImages,
  type StoreImages,
} from './storeImagesRecord';
import { ImageInputs, writeArchives } from './writeArchives';

/** Options of {@link buildStoreImages}. */
export interface BuildStoreImagesOptions {
  /** Storeyard's cache; archives go to `images/<key>` below it. */
  cacheDirectory: string;
  progress?: StoreImagesProgress;
  /** Ends a build, whose next call then goes on. */
  signal?: AbortSignal;
  /** Path of the log that the output of all commands is added to. */
  log: string;
}

/**
 * Makes the images of shop and database, or finds them made: without a container daemon, from npm's and Debian's packages.
 * Steps that are finished are kept when it is interrupted. Needs root on Debian 12, x64.
 *
 * @throws ForwardedError naming the command that failed and the log
 */
export async function buildStoreImages(
  options: BuildStoreImagesOptions,
): Promise<StoreImages> {
  const { cacheDirectory, progress, log } = options;
  progress?.plan?.([...storeImageParts]);
  const { folder, images } = await locateStoreImages(cacheDirectory);
  if (images) {
    storeImageParts.forEach(({ id }) => progress?.finish(id, 'kept'));
    return images;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new NotImplementedError(
      `Images are built for 'linux-x64', this is '${process.platform}-${process.arch}'`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new NotImplementedError('Images are built as root');
  }

  const scratch = BuildFolder.create({
    path: join(cacheDirectory, 'images-build'),
  });
  const lock = await BuildLock.acquire({
    file: join(cacheDirectory, 'images.lock'),
    signal: options.signal,
  });
  try {
    // Another process may have made them while this one waited.
    const made = await readStoreImages(folder);
    if (made) {
      storeImageParts.forEach(({ id }) => progress?.finish(id, 'kept'));
      return made;
    }
    const signal = options.signal ?? new AbortController().signal;
    const built = await build({ scratch, folder, progress, log, signal });
    await scratch.remove();
    return built;
  } finally {
    await lock.release();
  }
}

async function build(context: BuildContext): Promise<StoreImages> {
  const [roots, app] = await bothOrNone(
    context.signal,
    signal => buildRoots({ ...context, signal }),
    signal => buildApplication({ ...context, signal }),
  );
  const inputs = { ...roots, ...app };
  const prepared = await context.scratch.step(
    'prepared',
    await digestFiles(
      ['namespace', 'shopper', 'storeImage.ts'].map(ownSource),
      {
        ignore: ['*.test.ts'],
        salt: Object.values(inputs),
      },
    ),
    folder =>
      prepareInNamespaces({
        ...inputs,
        into: folder,
        log: context.log,
        progress: context.progress,
        signal: context.signal,
      }),
  );
  if (prepared.status === 'kept') {
    for (const id of ['image-schema', 'image-database', 'image-warm-up']) {
      context.progress?.finish(id, 'kept');
    }
  }
  return part(context, 'image-archives', () =>
    publish(context, { ...inputs, prepared: prepared.folder }),
  );
}

/** Writes the archives, which appear all at once or not at all. */
async function publish(
  { folder, signal }: BuildContext,
  inputs: ImageInputs,
): Promise<StoreImages> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await writeArchives(partial, inputs, signal);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  const images = await readStoreImages(folder);
  if (!images) {
    throw new NotFoundError(`the images in '${folder}' are gone again`);
  }
  return images;
}
