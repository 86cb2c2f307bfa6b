import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeImageArchive } from '@storeyard/image-tools';
import { ProgramImage } from './ProgramPart';

const certificates = 'etc/ssl/certs/ca-certificates.crt';

/** Options of {@link writeProgramImage}. */
export interface WriteProgramImageOptions {
  image: ProgramImage;
  /** Folder that holds the program; it becomes the image's root. */
  root: string;
  /** The file to write. */
  archive: string;
  signal?: AbortSignal;
}

/** Writes the archive of an image that is one program on an otherwise empty root. */
export async function writeProgramImage(
  options: WriteProgramImageOptions,
): Promise<void> {
  const { image, root, archive, signal } = options;
  if (image.certificates) {
    const target = join(root, certificates);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join('/', certificates), target);
  }
  await mkdir(join(root, 'tmp'), { recursive: true });
  await chmod(join(root, 'tmp'), 0o1777);
  await writeImageArchive({
    output: archive,
    reference: image.reference,
    config: {
      User: image.user,
      Entrypoint: image.entrypoint,
      Env: ['PATH=/'],
    },
    layers: [{ directory: root }],
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    signal,
  });
}
