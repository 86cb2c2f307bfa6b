import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '@backstage/errors';
import { execa } from 'execa';

/** What a container of the image runs with: the `config` of the OCI image specification. */
export interface ImageConfig {
  User?: string;
  ExposedPorts?: Record<string, Record<string, never>>;
  Env?: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  Volumes?: Record<string, Record<string, never>>;
  WorkingDir?: string;
  Labels?: Record<string, string>;
  StopSignal?: string;
}

/** One layer: a directory whose content lands in the image's root, or below `prefix`. */
export interface ImageLayer {
  directory: string;
  /** A relative path in the image, `app` for example. */
  prefix?: string;
}

/** Options of {@link writeImageArchive}. */
export interface WriteImageArchiveOptions {
  /** The file to write. It is replaced whole, or not at all. */
  output: string;
  /** The image's full name, `registry.example/shop:1.0`. */
  reference: string;
  config: ImageConfig;
  /** Bottom layer first. A later layer's file replaces an earlier one's. */
  layers: readonly ImageLayer[];
  /** Default: `amd64`. */
  architecture?: string;
  signal?: AbortSignal;
}

/** What was written: `digest` is the manifest's, `sha256:…`. */
export interface WrittenImage {
  digest: string;
  reference: string;
}

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

interface LayerBlob {
  descriptor: Descriptor;
  diffId: string;
}

const TAR_OPTIONS = [
  '--sort=name',
  '--mtime=@0',
  '--numeric-owner',
  '--format=gnu',
];

const EPOCH = '1970-01-01T00:00:00Z';

/**
 * Writes an image as one file that is an OCI layout and a Docker archive at once, so that containerd,
 * podman, kind and k3d can all load it. No daemon is needed.
 *
 * The same directories give the same digest: entries are sorted, times are zero and owners are numbers.
 * Layers are streamed through `tar` and `gzip` to a folder beside `output` and never held in memory.
 *
 * @throws InputError when a reference or prefix is malformed, or `output` lies inside a layer.
 */
export async function writeImageArchive(
  options: WriteImageArchiveOptions,
): Promise<WrittenImage> {
  const { output, reference, config, layers, signal } = options;
  const tag = checkReference(reference);
  for (const layer of layers) {
    await checkLayer(layer, output);
  }

  await mkdir(dirname(output), { recursive: true });
  const layout = await mkdtemp(`${output}.partial-`);
  try {
    const blobs = join(layout, 'blobs', 'sha256');
    await mkdir(blobs, { recursive: true });

    const written: LayerBlob[] = [];
    for (const layer of layers) {
      written.push(await writeLayer(layer, blobs, signal));
    }
    const imageConfig = await writeJsonBlob(
      blobs,
      'application/vnd.oci.image.config.v1+json',
      {
        created: EPOCH,
        architecture: options.architecture ?? 'amd64',
        os: 'linux',
        config,
        rootfs: { type: 'layers', diff_ids: written.map(blob => blob.diffId) },
        history: layers.map(layer => ({
          created: EPOCH,
          created_by: `files below /${layer.prefix ?? ''}`,
        })),
      },
    );
    const manifest = await writeJsonBlob(
      blobs,
      'application/vnd.oci.image.manifest.v1+json',
      {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: imageConfig,
        layers: written.map(blob => blob.descriptor),
      },
    );
    await writeJson(join(layout, 'oci-layout'), {
      imageLayoutVersion: '1.0.0',
    });
    await writeJson(join(layout, 'index.json'), {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          ...manifest,
          annotations: {
            'io.containerd.image.name': reference,
            'org.opencontainers.image.ref.name': tag,
          },
        },
      ],
    });
    await writeJson(join(layout, 'manifest.json'), [
      {
        Config: blobPath(imageConfig),
        RepoTags: [reference],
        Layers: written.map(blob => blobPath(blob.descriptor)),
      },
    ]);

    const archive = `${layout}.tar`;
    try {
      await execa(
        'tar',
        [
          ...TAR_OPTIONS,
          '--directory',
          layout,
          '--file',
          archive,
          '--create',
          '.',
        ],
        {
          cancelSignal: signal,
        },
      );
      await rename(archive, output);
    } finally {
      await rm(archive, { force: true });
    }
    return { digest: manifest.digest, reference };
  } finally {
    await rm(layout, { recursive: true, force: true });
  }
}

async function writeLayer(
  layer: ImageLayer,
  blobs: string,
  signal: AbortSignal | undefined,
): Promise<LayerBlob> {
  const partial = join(blobs, 'partial');
  const plain = createHash('sha256');
  const packed = createHash('sha256');
  let size = 0;

  const process = { cancelSignal: signal, buffer: false } as const;
  const tar = execa(
    'tar',
    [
      ...TAR_OPTIONS,
      // S: a symbolic link's target is a path of the image already
      ...(layer.prefix ? [`--transform=s,^\\.,${layer.prefix},S`] : []),
      '--directory',
      layer.directory,
      '--create',
      '.',
    ],
    process,
  );
  const gzip = execa('gzip', ['--no-name', '--stdout'], process);
  await pipeline(
    tar.readable(),
    tap(chunk => plain.update(chunk)),
    gzip.duplex(),
    tap(chunk => {
      packed.update(chunk);
      size += chunk.length;
    }),
    createWriteStream(partial),
  );

  const digest = `sha256:${packed.digest('hex')}`;
  const descriptor = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest,
    size,
  };
  await rename(partial, join(blobs, digest.slice('sha256:'.length)));
  return { descriptor, diffId: `sha256:${plain.digest('hex')}` };
}

function tap(see: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      see(chunk);
      done(undefined, chunk);
    },
  });
}

async function writeJsonBlob(
  blobs: string,
  mediaType: string,
  content: object,
): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content));
  const digest = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(blobs, digest), bytes);
  return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
}

async function writeJson(path: string, content: object): Promise<void> {
  await writeFile(path, JSON.stringify(content));
}

function blobPath(descriptor: Descriptor): string {
  return `blobs/${descriptor.digest.replace(':', '/')}`;
}

function checkReference(reference: string): string {
  const tag = /^[a-z0-9][a-z0-9._/:-]*:([A-Za-z0-9_][A-Za-z0-9._-]*)$/.exec(
    reference,
  )?.[1];
  if (!tag) {
    throw new InputError(
      `Image reference '${reference}' is not of the form 'registry/name:tag'`,
    );
  }
  return tag;
}

async function checkLayer(layer: ImageLayer, output: string): Promise<void> {
  const { directory, prefix } = layer;
  if (prefix !== undefined) {
    const parts = prefix.split('/');
    const sound = parts.every(
      part => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..',
    );
    if (!sound) {
      throw new InputError(
        `Layer prefix '${prefix}' must be a relative path inside the image, like 'app' or 'opt/app'`,
      );
    }
  }
  const stats = await stat(directory).catch(error => {
    throw new InputError(`Layer '${directory}' can't be read`, error);
  });
  if (!stats.isDirectory()) {
    throw new InputError(`Layer '${directory}' is not a directory`);
  }
  const inside = relative(resolve(directory), resolve(output));
  if (inside !== '..' && !inside.startsWith(`..${sep}`)) {
    throw new InputError(
      `The archive '${output}' would be written into its own layer '${directory}'`,
    );
  }
}
