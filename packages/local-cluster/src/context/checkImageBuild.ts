import { locateStoreImages } from '@storeyard/store-image';
import { PreparationError } from '../progress';

/** Who would build, and where. */
export interface ImageBuilder {
  platform: string;
  architecture: string;
  isRoot: boolean;
}

/**
 * Makes sure that the images that stores run are built, or can be: their files belong to several users, and they are
 * tried in a root of their own.
 *
 * @throws PreparationError
 */
export async function checkImageBuild(
  cacheDirectory: string,
  builder: ImageBuilder = {
    platform: process.platform,
    architecture: process.arch,
    isRoot: process.getuid?.() === 0,
  },
): Promise<void> {
  const { folder, images } = await locateStoreImages(cacheDirectory);
  if (images) {
    return;
  }
  const { platform, architecture, isRoot } = builder;
  const copy = `copy '${folder}' here from a machine where they are built`;
  if (platform !== 'linux' || architecture !== 'x64') {
    throw new PreparationError(
      `the images that stores run are built on 'linux-x64', this is '${platform}-${architecture}'`,
      { remedy: copy },
    );
  }
  if (!isRoot) {
    throw new PreparationError(
      'the images that stores run are not built yet, and building them wants root',
      { remedy: `run this with \`sudo -E\`, or ${copy}` },
    );
  }
}
