import {
  Browser as Chromium,
  BrowserContext,
  chromium,
  Page,
} from 'playwright-core';
import { ensureDebianPackages } from '@storeyard/image-tools';

const executablePath = '/usr/bin/chromium';

// Nothing that a page asks for from elsewhere is waited for, wherever the tests run.
const loopbackOnly =
  'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1';

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
        args: [
          '--no-sandbox',
          '--disable-dev-shm-usage',
          '--disable-gpu',
          `--host-resolver-rules=${loopbackOnly}`,
        ],
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

  /** Somebody's own browser, with cookies of its own. */
  async session(options: { userAgent?: string } = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      ...options,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(60_000);
    return context;
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
