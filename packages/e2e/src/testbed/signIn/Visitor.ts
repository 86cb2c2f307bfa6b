import type { BrowserContext, Page } from 'playwright-core';
import type { Browser } from '../Browser';
import { StoresApi } from '../StoresApi';
import type { Person } from './people';

/** Options of {@link Visitor.signIn}. */
export interface SignInOptions {
  browser: Browser;
  portalUrl: string;
  person: Person;
  /** What the portal's log is to know the browser by. */
  userAgent?: string;
}

/** Somebody who has signed in to the portal at the provider, in a browser of their own. */
export class Visitor {
  static async signIn(options: SignInOptions): Promise<Visitor> {
    const { browser, person, portalUrl, userAgent } = options;
    const context = await browser.session({ userAgent });
    const page = await context.newPage();
    await page.goto(`${portalUrl}/stores`);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Sign In' }).click(),
    ]);
    await popup.locator('input[name=login]').fill(person.email);
    await popup.locator('input[name=password]').fill('any');
    await popup.getByRole('button', { name: 'Sign-in' }).click();
    const authorized = page.waitForRequest(
      request =>
        request.url().includes('/api/stores') &&
        request.headers().authorization !== undefined,
    );
    await popup.getByRole('button', { name: 'Continue' }).click();
    const request = await authorized;
    const token = request.headers().authorization?.replace(/^Bearer /, '');
    if (!token) {
      throw new Error(`The page of '${person.name}' sent no token`);
    }
    return new Visitor(person, context, page, portalUrl, token);
  }

  private constructor(
    readonly person: Person,
    readonly context: BrowserContext,
    /** The tab that they signed in on. */
    readonly page: Page,
    private readonly portalUrl: string,
    /** What their pages send to the portal. */
    readonly token: string,
  ) {}

  /** The REST API with their rights. */
  get api(): StoresApi {
    return StoresApi.create({ baseUrl: this.portalUrl, token: this.token });
  }

  /** Opens a page of the portal, by its path. */
  async visit(path: string): Promise<Page> {
    await this.page.goto(`${this.portalUrl}${path}`);
    return this.page;
  }

  /** The same in a tab of its own. */
  async visitBeside(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`${this.portalUrl}${path}`);
    return page;
  }
}
