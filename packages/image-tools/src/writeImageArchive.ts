import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { execa } from 'execa';
import { blobPath, writeJsonBlob } from './imageBlobs';
import { checkLayer, ImageLayer, LayerBlob, writeLayer } from './imageLayer';
import { TAR_OPTIONS } from './tarOptions';

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

async function writeJson(path: string, content: object): Promise<void> {
  await writeFile(path, JSON.stringify(content));
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
