import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { cacheDirectory } from '@storeyard/image-tools';
import type { View } from './views';

// eslint-disable-next-line no-restricted-syntax -- tests run from the sources only
const repositoryRoot = resolve(__dirname, '../../../../..');

/** Keeps what pages look like, as `<page>-<scheme>-<width>.png` in one folder. */
export class Screenshots {
  /**
   * In the folder that `STOREYARD_SCREENSHOTS` names, relative to the repository, such as `docs/images`; beside the
   * tests' logs unless it does.
   */
  static async create(
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ): Promise<Screenshots> {
    const asked = environment.STOREYARD_SCREENSHOTS;
    const folder = asked
      ? resolve(repositoryRoot, asked)
      : join(cacheDirectory(), 'test-logs', 'screenshots');
    await mkdir(folder, { recursive: true });
    return new Screenshots(folder);
  }

  private constructor(readonly folder: string) {}

  async take(page: Page, name: string, view: View): Promise<void> {
    await page.screenshot({
      path: join(this.folder, `${name}-${view.scheme}-${view.width}.png`),
      animations: 'disabled',
      caret: 'hide',
    });
  }
}
