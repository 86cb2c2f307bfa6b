import { Browser as Chromium, chromium, Page } from 'playwright-core';
import { ensureDebianPackages } from '@storeyard/image-tools';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium without a window. */
export class Browser {
  static async start(): Promise<Browser> {
    await ensureDebianPackages({
      packages: ['chromium'],
      provides: [executablePath],
      reason: 'the browser tests',
    });
    return new Browser(
      await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      }),
    );
  }

  private constructor(private readonly browser: Chromium) {}

  async open(options: { url: string; width: number }): Promise<Page> {
    const page = await this.browser.newPage({
      viewport: { width: options.width, height: 900 },
    });
    await page.goto(options.url);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
