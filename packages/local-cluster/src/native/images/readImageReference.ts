import { InputError } from '@backstage/errors';
import { execa } from 'execa';

/** The first name of the image in an archive that `docker save` could have written. */
export async function readImageReference(archive: string): Promise<string> {
  const { stdout } = await execa('tar', [
    '--extract',
    '--to-stdout',
    `--file=${archive}`,
    '--wildcards',
    '*manifest.json',
  ]);
  const manifest: { RepoTags?: string[] }[] = JSON.parse(stdout);
  const reference = manifest[0]?.RepoTags?.[0];
  if (!reference) {
    throw new InputError(`the image archive '${archive}' names no image`);
  }
  return reference;
}
