import type { Locator, Page } from 'playwright-core';

/** A shop as its keeper sees it: Medusa's own admin. */
export class MedusaAdmin {
  constructor(readonly page: Page) {}

  async signIn(login: { email: string; password: string }): Promise<void> {
    const { page } = this;
    await page.locator('input[name=email]').fill(login.email);
    await page.locator('input[name=password]').fill(login.password);
    await page.getByRole('button', { name: 'Continue with Email' }).click();
    await page.getByRole('link', { name: 'Orders' }).waitFor();
  }

  /** The line of the list of orders that has this number. */
  async findOrder(number: number): Promise<Locator> {
    await this.page.getByRole('link', { name: 'Orders' }).click();
    const row = this.page
      .getByRole('row')
      .filter({ has: this.page.getByText(`#${number}`, { exact: true }) });
    await row.waitFor();
    return row;
  }
}
