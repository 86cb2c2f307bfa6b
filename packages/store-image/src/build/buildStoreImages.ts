import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotImplementedError } from '@backstage/errors';
import {
  digestFiles,
  imageToolsSources,
  writeImageArchive,
} from '@storeyard/image-tools';
import {
  createPostgresRoot,
  postgresImageConfig,
  postgresReference,
  postgresSources,
} from '@storeyard/postgres-image';
import { nodeVersion, storeImageConfig, storeReference } from '../storeImage';
import {
  appSources,
  buildServer,
  createProductionDependencies,
  installDependencies,
} from './application';
import { BuildFolder } from './BuildFolder';
import { BuildLock } from './BuildLock';
import { createStoreRoot } from './createStoreRoot';
import {
  storeImageParts,
  type StoreImagePartId,
  type StoreImagesProgress,
} from './parts';
import { prepareInNamespaces } from './prepareInNamespaces';

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

type Recorded = Record<
  'store' | 'postgres',
  { file: string; size: number; reference: string; digest: string }
>;

const RECORD = 'images.json';

/** A file or folder of this package's sources. */
const own = (name: string) => join(__dirname, '..', name);

/** Where the images are or will be, by the sources as they are now. Nothing is built. */
export async function locateStoreImages(
  cacheDirectory: string,
): Promise<{ folder: string; key: string; images?: StoreImages }> {
  const key = await digestFiles(
    [
      appSources,
      ...['build', 'namespace', 'shopper'].map(own),
      ...['medusaVersion.ts', 'storeImage.ts'].map(own),
      ...postgresSources,
      ...imageToolsSources,
    ],
    {
      ignore: ['node_modules', '.medusa', '*.test.ts'],
      salt: [nodeVersion, process.arch],
    },
  );
  const folder = join(cacheDirectory, 'images', key.slice(0, 16));
  return { folder, key, images: await readRecord(folder) };
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
    const made = await readRecord(folder);
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

interface BuildContext {
  scratch: BuildFolder;
  folder: string;
  progress?: StoreImagesProgress;
  log: string;
  signal: AbortSignal;
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
      [own('namespace'), own('shopper'), own('storeImage.ts')],
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
    writeArchives(context, inputs, prepared.folder),
  );
}

/** Does two things side by side. One that fails ends the other, and nothing of either goes on afterwards. */
async function bothOrNone<A, B>(
  outer: AbortSignal,
  makeOne: (signal: AbortSignal) => Promise<A>,
  makeOther: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const failure = new AbortController();
  const signal = AbortSignal.any([outer, failure.signal]);
  const endOther = (error: unknown) => {
    failure.abort(error);
    throw error;
  };
  const one = makeOne(signal).catch(endOther);
  const other = makeOther(signal).catch(endOther);
  await Promise.allSettled([one, other]);
  failure.signal.throwIfAborted();
  return [await one, await other];
}

async function buildRoots(context: BuildContext) {
  const { scratch, log, signal } = context;
  const downloads = join(scratch.path, 'debian-packages');
  const key = await digestFiles(
    [...postgresSources, ...imageToolsSources, own('build/createStoreRoot.ts')],
    { ignore: ['*.test.ts'], salt: [nodeVersion] },
  );
  return part(context, 'image-roots', async () => {
    const store = await scratch.step('store-root', key, async into => {
      await createStoreRoot({ into, downloads, log, signal });
    });
    const postgres = await scratch.step('postgres-root', key, async into => {
      await createPostgresRoot({ into, downloads, signal });
    });
    return { storeRoot: store.folder, postgresRoot: postgres.folder };
  });
}

async function buildApplication(context: BuildContext) {
  const { log, signal } = context;
  const locks = ['package.json', 'package-lock.json'].map(name =>
    join(appSources, name),
  );
  const lockKey = await digestFiles(locks);
  const productionKey = await digestFiles([
    ...locks,
    own('build/application.ts'),
    own('build/pruneDependencies.ts'),
  ]);
  const buildKey = await digestFiles(
    [appSources, own('build/application.ts')],
    {
      ignore: ['node_modules', '.medusa'],
    },
  );
  const dependencies = await stepPart(
    context,
    'image-dependencies',
    lockKey,
    into => installDependencies({ into, log, signal }),
  );
  const production = await stepPart(
    context,
    'image-production',
    productionKey,
    into => createProductionDependencies({ dependencies, into, log, signal }),
  );
  const server = await stepPart(context, 'image-server', buildKey, into =>
    buildServer({ dependencies, into, log, signal }),
  );
  return { production, server };
}

async function writeArchives(
  context: BuildContext,
  inputs: Record<
    'storeRoot' | 'postgresRoot' | 'production' | 'server',
    string
  >,
  prepared: string,
): Promise<StoreImages> {
  const { folder, signal } = context;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const store = await writeImageArchive({
    output: join(partial, 'medusa-store.tar'),
    reference: storeReference,
    config: storeImageConfig,
    layers: [
      { directory: inputs.storeRoot },
      { directory: inputs.production, prefix: 'app' },
      { directory: inputs.server, prefix: 'app' },
      { directory: join(prepared, 'store'), prefix: 'app' },
    ],
    signal,
  });
  const postgres = await writeImageArchive({
    output: join(partial, 'postgres.tar'),
    reference: postgresReference,
    config: postgresImageConfig,
    layers: [
      { directory: inputs.postgresRoot },
      { directory: join(prepared, 'postgres') },
    ],
    signal,
  });
  const size = async (file: string) => (await stat(join(partial, file))).size;
  const record: Recorded = {
    store: {
      file: 'medusa-store.tar',
      size: await size('medusa-store.tar'),
      ...store,
    },
    postgres: {
      file: 'postgres.tar',
      size: await size('postgres.tar'),
      ...postgres,
    },
  };
  await writeFile(
    join(partial, RECORD),
    `${JSON.stringify(record, undefined, 2)}\n`,
  );
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return toImages(folder, record);
}

async function readRecord(folder: string): Promise<StoreImages | undefined> {
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

function toImages(folder: string, record: Recorded): StoreImages {
  const image = ({ file, reference, digest }: Recorded['store']) => ({
    archive: join(folder, file),
    reference,
    digest,
  });
  return { store: image(record.store), postgres: image(record.postgres) };
}

async function part<T>(
  { progress, signal }: BuildContext,
  id: StoreImagePartId,
  make: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  progress?.start(id);
  const made = await make();
  progress?.finish(id, 'done');
  return made;
}

async function stepPart(
  { scratch, progress, signal }: BuildContext,
  id: StoreImagePartId,
  key: string,
  make: (into: string) => Promise<void>,
): Promise<string> {
  signal.throwIfAborted();
  progress?.start(id);
  const { folder, status } = await scratch.step(
    id.replace('image-', ''),
    key,
    make,
  );
  progress?.finish(id, status);
  return folder;
}
