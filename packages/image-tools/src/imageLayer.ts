import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '@backstage/errors';
import { execa } from 'execa';
import type { Descriptor } from './imageBlobs';
import { TAR_OPTIONS } from './tarOptions';

/** One layer: a directory whose content lands in the image's root, or below `prefix`. */
export interface ImageLayer {
  directory: string;
  /** A relative path in the image, `app` for example. */
  prefix?: string;
}

/** A layer as a blob, and the digest of what is in it before it is packed. */
export interface LayerBlob {
  descriptor: Descriptor;
  diffId: string;
}

/** Packs a layer into the folder of a layout's blobs, streamed and never held in memory. */
export async function writeLayer(
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

/** @throws InputError for a layer that can't be, or that the archive would be written into */
export async function checkLayer(
  layer: ImageLayer,
  output: string,
): Promise<void> {
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
