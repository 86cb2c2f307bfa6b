import type { Locator, Page } from 'playwright-core';

/** What the catalog has of a store. */
export class EntityPage {
  static path(id: string): string {
    return `/catalog/default/component/${id}`;
  }

  constructor(readonly page: Page) {}

  get card(): Locator {
    return this.page.locator('[data-storeyard=entity-card]');
  }

  get timeline(): Locator {
    return this.page.locator('[data-storeyard=entity-tab]');
  }

  async openTimeline(): Promise<void> {
    await this.page
      .getByRole('tab', { name: 'Timeline' })
      .or(this.page.getByRole('link', { name: 'Timeline' }))
      .first()
      .click();
    await this.timeline.waitFor();
  }

  /** Opens the menu and takes its way to the store's end. */
  async chooseDelete(): Promise<void> {
    await this.page.getByRole('button', { name: 'more' }).click();
    await this.page.getByRole('menuitem', { name: 'Delete store…' }).click();
  }
}
