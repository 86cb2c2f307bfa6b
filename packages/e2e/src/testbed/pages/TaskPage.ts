import type { Locator, Page } from 'playwright-core';

/** The page of a scaffolder's task: its log while it runs, its links at its end. */
export class TaskPage {
  constructor(readonly page: Page) {}

  async showLog(): Promise<void> {
    await this.page.getByRole('button', { name: 'Show Logs' }).click();
  }

  line(text: string | RegExp): Locator {
    return this.page.getByText(text).first();
  }

  link(title: string): Locator {
    return this.page.getByRole('link', { name: title });
  }
}
