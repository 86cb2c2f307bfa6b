import type { Locator, Page } from 'playwright-core';

/** The page that a store's end is asked for on. */
export class DeletePage {
  constructor(readonly page: Page) {}

  submit(name: string): Locator {
    return this.page.getByRole('button', { name: `Delete ${name}` });
  }

  async typeName(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^Type the name/ }).fill(text);
  }
}
