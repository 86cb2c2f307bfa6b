import type { Locator, Page } from 'playwright-core';

/** A store's page in the portal. */
export class StorePage {
  constructor(readonly page: Page) {}

  /** What the page says of the store's state at its head. */
  state(name: string): Locator {
    return this.root.getByText(name, { exact: true }).first();
  }

  get root(): Locator {
    return this.page.locator('[data-storeyard=page]');
  }

  /** What a person should act on. */
  get notice(): Locator {
    return this.root.getByRole('region', { name: 'This store needs you' });
  }

  action(name: string): Locator {
    return this.root
      .getByRole('button', { name, exact: true })
      .or(this.root.getByRole('link', { name, exact: true }));
  }

  async mayUse(action: string): Promise<boolean> {
    const disabled = await this.action(action).getAttribute('aria-disabled');
    return disabled !== 'true';
  }

  /** Opens what an action opens in a new tab. */
  async openInNewTab(action: string): Promise<Page> {
    const [tab] = await Promise.all([
      this.page.waitForEvent('popup'),
      this.action(action).click(),
    ]);
    return tab;
  }

  /** Has the shop's first login shown. */
  async readFirstLogin(): Promise<{ email: string; password: string }> {
    await this.root
      .getByRole('button', { name: 'Show the first login' })
      .click();
    const entry = (label: string) =>
      this.root
        .locator('dt', { hasText: label })
        .locator('xpath=following-sibling::dd[1]/span')
        .first()
        .innerText();
    return { email: await entry('E-mail'), password: await entry('Password') };
  }

  /** Waits until it shows a state, a phase of the timeline, and what may be done. */
  async tells(state: string, phase: string): Promise<void> {
    await this.state(state).waitFor();
    await this.root.locator(`section[data-phase=${phase}]`).first().waitFor();
    // What may be done is asked for as well.
    await this.root
      .getByText('Asking what you may do…')
      .first()
      .waitFor({ state: 'detached' });
  }

  /** The phases that the timeline tells of, the latest first. */
  async phases(): Promise<string[]> {
    return this.root
      .locator('section[data-phase]')
      .evaluateAll(sections =>
        sections.map(section => section.getAttribute('data-phase') ?? ''),
      );
  }
}
