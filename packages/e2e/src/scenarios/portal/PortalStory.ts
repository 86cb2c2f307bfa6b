import type { Store } from '@storeyard/backstage-plugin-stores-common';
import { Browser } from '../../testbed/Browser';
import { PageLooks } from '../../testbed/looks/PageLooks';
import { PortalApi } from '../../testbed/PortalApi';
import { ada, ben } from '../../testbed/signIn/people';
import { SignInTestbed } from '../../testbed/signIn/SignInTestbed';
import { Visitor } from '../../testbed/signIn/Visitor';
import type { Testbed } from '../../testbed/Testbed';

/** What the browser's path has come to: each scenario goes on where the one before it ended. */
export class PortalStory {
  static async begin(): Promise<PortalStory> {
    const signInTestbed = await SignInTestbed.start();
    let browser: Browser | undefined;
    try {
      browser = await Browser.start();
      const portalUrl = signInTestbed.testbed.portal.baseUrl;
      return new PortalStory(
        signInTestbed,
        browser,
        await PageLooks.create(),
        await Visitor.signIn({ browser, portalUrl, person: ada }),
        await Visitor.signIn({ browser, portalUrl, person: ben }),
      );
    } catch (error) {
      await browser?.stop();
      await signInTestbed.stop();
      throw error;
    }
  }

  private ordered?: Store;
  private broken?: Store;

  private constructor(
    private readonly signInTestbed: SignInTestbed,
    readonly browser: Browser,
    readonly looks: PageLooks,
    /** Orders the store. */
    readonly owner: Visitor,
    /** Belongs to another team. */
    readonly other: Visitor,
  ) {}

  get testbed(): Testbed {
    return this.signInTestbed.testbed;
  }

  /** The catalog and the scaffolder with the owner's rights. */
  get portalApi(): PortalApi {
    const { token } = this.owner;
    return PortalApi.create({ baseUrl: this.testbed.portal.baseUrl, token });
  }

  /** The store that is ordered by the form. */
  get store(): Store {
    return known(this.ordered, 'The store was not ordered');
  }

  set store(store: Store) {
    this.ordered = store;
  }

  /** The store whose image doesn't exist. */
  get failing(): Store {
    return known(this.broken, 'The failing store was not ordered');
  }

  set failing(store: Store) {
    this.broken = store;
  }

  async end(): Promise<void> {
    try {
      await this.browser.stop();
    } finally {
      await this.signInTestbed.stop();
    }
  }
}

function known(store: Store | undefined, otherwise: string): Store {
  if (!store) {
    throw new Error(otherwise);
  }
  return store;
}
