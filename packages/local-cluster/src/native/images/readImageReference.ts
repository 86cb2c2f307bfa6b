import { InputError } from '@backstage/errors';
import { execa } from 'execa';

/**
 * The first name of the image in an archive that `docker save` could have written.
 *
 * @throws InputError when it isn't one
 */
export async function readImageReference(archive: string): Promise<string> {
  const manifest = await readManifest(archive);
  const reference = manifest[0]?.RepoTags?.[0];
  if (!reference) {
    throw new InputError(`the image archive '${archive}' names no image`);
  }
  return reference;
}

async function readManifest(
  archive: string,
): Promise<{ RepoTags?: string[] }[]> {
  try {
    const { stdout } = await execa('tar', [
      ...['--extract', '--to-stdout', `--file=${archive}`],
      ...['--wildcards', '*manifest.json'],
    ]);
    return JSON.parse(stdout);
  } catch (error) {
    throw new InputError(`'${archive}' is no image archive`, error);
  }
}
