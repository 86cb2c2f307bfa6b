import { element, money } from './dom';
import { attempt } from './notice';
import type { Shop } from './Shop';
import type { Product, Variant } from './types';

export async function renderProducts(shop: Shop): Promise<HTMLElement[]> {
  const products = await shop.products();
  return [
    element('h1', {}, 'Products'),
    products.length === 0
      ? element('p', {}, 'Nothing to buy yet. Please come back later.')
      : element(
          'ul',
          { className: 'products' },
          ...products.map(product => card(shop, product)),
        ),
  ];
}

function card(shop: Shop, product: Product): HTMLElement {
  const price = element('span', { className: 'price' });
  const button = element('button', { type: 'submit' }, 'Add to cart');
  const choice = element(
    'select',
    { name: 'variant' },
    ...product.variants.map(variant =>
      element('option', { value: variant.id }, variant.title),
    ),
  );
  const chosen = (): Variant | undefined =>
    product.variants.find(variant => variant.id === choice.value);
  const showPrice = () => {
    const amount = chosen()?.calculated_price;
    price.textContent = amount
      ? money(amount.calculated_amount, amount.currency_code)
      : 'not for sale';
    button.disabled = !amount;
  };
  choice.addEventListener('change', showPrice);
  showPrice();

  const form = element(
    'form',
    {},
    element('h2', {}, product.title),
    product.description ? element('p', {}, product.description) : undefined,
    product.variants.length > 1
      ? element('label', {}, 'Variant', choice)
      : undefined,
    price,
    button,
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const variant = chosen();
    if (variant) {
      attempt(button, async () => {
        await shop.add(variant.id);
        button.textContent = 'Added – add another';
      });
    }
  });
  return element('li', { className: 'product' }, picture(product), form);
}

function picture({ thumbnail, title }: Product): HTMLElement {
  return thumbnail
    ? element('img', { src: thumbnail, alt: '', loading: 'lazy' })
    : element(
        'span',
        { className: 'blank', 'aria-hidden': 'true' },
        title.slice(0, 1),
      );
}
