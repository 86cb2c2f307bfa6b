import type { Page } from 'playwright-core';

/** A shop as its customers see it. */
export class Storefront {
  constructor(readonly page: Page) {}

  /** Puts the first product into the cart. Resolves to its name. */
  async fillCart(): Promise<string> {
    const product = this.page.getByRole('listitem').first();
    const title = await product.getByRole('heading').innerText();
    await product.getByRole('button', { name: 'Add to cart' }).click();
    await this.page.getByRole('link', { name: 'Cart, 1 in it' }).click();
    await this.page.getByRole('listitem').filter({ hasText: title }).waitFor();
    return title;
  }

  /** Buys what is in the cart. Resolves to the order's number. */
  async order(email: string): Promise<number> {
    const { page } = this;
    await page.getByRole('link', { name: 'Go to checkout' }).click();
    for (const [label, text] of [
      ['Email', email],
      ['First name', 'Sam'],
      ['Last name', 'Shopper'],
      ['Street and number', 'Harbour Street 1'],
      ['Postal code', '12345'],
      ['City', 'Harbour'],
    ] as const) {
      await page.getByLabel(label).fill(text);
    }
    await page.getByRole('button', { name: 'Place order' }).click();
    const placed = page.getByRole('heading', { name: /^Order #\d+ is placed/ });
    const [, number] = /#(\d+)/.exec(await placed.innerText()) ?? [];
    return Number(number);
  }
}
