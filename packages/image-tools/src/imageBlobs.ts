import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an OCI layout knows a blob by; `size` in bytes. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

/** Writes an object as a blob into the folder of a layout's blobs. */
export async function writeJsonBlob(
  blobs: string,
  mediaType: string,
  content: object,
): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content));
  const digest = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(blobs, digest), bytes);
  return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
}

/** Where a blob is in its layout. */
export function blobPath(descriptor: Descriptor): string {
  return `blobs/${descriptor.digest.replace(':', '/')}`;
}
