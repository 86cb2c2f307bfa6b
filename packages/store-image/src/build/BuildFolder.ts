import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Results of a build's steps, each in a folder named by what it was made from. A step that was interrupted leaves
 * nothing under its name, one that was finished isn't done again.
 */
export class BuildFolder {
  static create(options: { path: string }): BuildFolder {
    return new BuildFolder(options.path);
  }

  private constructor(readonly path: string) {}

  /**
   * @param name what the step makes
   * @param key digest of all that goes into it
   * @param make fills the empty folder that it is given
   */
  async step(
    name: string,
    key: string,
    make: (folder: string) => Promise<void>,
  ): Promise<{ folder: string; status: 'done' | 'kept' }> {
    const folder = join(this.path, `${name}-${key.slice(0, 16)}`);
    if (await exists(folder)) {
      return { folder, status: 'kept' };
    }
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await make(partial);
    await rename(partial, folder);
    return { folder, status: 'done' };
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
