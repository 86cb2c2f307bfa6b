import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { PreparationError } from '../../progress';
import { hasCode } from '../hasCode';
import { InstancePaths } from '../instancePaths';
import { sockets } from '../network';
import { until } from '../until';
import { writeAtomically } from '../writeAtomically';
import { readImageReference } from './readImageReference';

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function readLoaded(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return {};
    }
    throw error;
  }
}

/**
 * Puts image archives onto the node, one after the other. An archive is left out when its image's name stands for
 * exactly this content there.
 *
 * @returns the names of all images, in the archives' order
 */
export async function loadImages(options: {
  paths: InstancePaths;
  bin: string;
  /** The instance's first process. */
  pid: number;
  archives: string[];
  signal?: AbortSignal;
}): Promise<{ reference: string; status: 'loaded' | 'kept' }[]> {
  const { paths, bin, pid, archives, signal } = options;
  const described = await Promise.all(
    archives.map(async archive => ({
      archive,
      reference: await readImageReference(archive),
      digest: await digestOf(archive),
    })),
  );
  // The instance's own /run, seen from here.
  const socket = `/proc/${pid}/root${sockets.containerd}`;
  await until(() => existsSync(socket), {
    ...{ seconds: 60, what: 'containerd to start', signal },
  });
  const results: { reference: string; status: 'loaded' | 'kept' }[] = [];
  for (const { archive, reference, digest } of described) {
    const loaded = readLoaded(paths.loaded);
    if (loaded[reference] === digest) {
      results.push({ reference, status: 'kept' });
      continue;
    }
    try {
      await execa(
        join(bin, 'ctr'),
        [
          ...['--address', socket, '--namespace', 'k8s.io'],
          ...['images', 'import', archive],
        ],
        { cancelSignal: signal },
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw new PreparationError(
        `the image archive '${archive}' could not be loaded`,
        {
          remedy: `read ${join(paths.logs, 'containerd.log')}`,
          cause: error,
        },
      );
    }
    writeAtomically(
      paths.loaded,
      `${JSON.stringify({ ...loaded, [reference]: digest }, undefined, 2)}\n`,
    );
    results.push({ reference, status: 'loaded' });
  }
  return results;
}
