import type { Locator, Page } from 'playwright-core';

/** The form that a person orders a store by. */
export class StoreForm {
  constructor(readonly page: Page) {}

  /** What the form says of the name as it is typed. */
  get verdict(): Locator {
    return this.page.locator('[data-storeyard=field-name]').getByRole('status');
  }

  get address(): Locator {
    return this.page.getByText(/^The address will be/);
  }

  get plans(): Locator {
    return this.page.locator('[data-storeyard=field-plan]');
  }

  async typeName(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
  }

  async chooseOwner(team: string): Promise<void> {
    await this.page
      .locator('[data-storeyard=field-owner]')
      .getByRole('button')
      .click();
    await this.page.getByRole('option', { name: team }).click();
  }

  async choosePlan(plan: string): Promise<void> {
    await this.plans.getByRole('radio', { name: plan }).check();
  }

  async setUpShop(settings: {
    title: string;
    adminEmail: string;
  }): Promise<void> {
    await this.page
      .getByRole('textbox', { name: 'Title' })
      .fill(settings.title);
    await this.page
      .getByRole('textbox', { name: "Admin's e-mail" })
      .fill(settings.adminEmail);
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next' }).click();
  }

  async review(): Promise<void> {
    await this.page.getByRole('button', { name: 'Review' }).click();
  }

  /** Orders the store. Resolves when the page of the task is there. */
  async create(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create' }).click();
    await this.page.waitForURL(/\/create\/tasks\//);
  }
}
