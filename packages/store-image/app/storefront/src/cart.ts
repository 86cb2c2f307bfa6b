import { element, money } from './dom';
import { attempt } from './notice';
import type { Shop } from './Shop';
import { totals } from './summary';
import type { Cart, LineItem } from './types';

export function renderCart(shop: Shop, rerender: () => void): HTMLElement[] {
  const { cart } = shop;
  if (!cart || cart.items.length === 0) {
    return [
      element('h1', {}, 'Cart'),
      element('p', {}, 'Your cart is empty.'),
      element('p', {}, element('a', { href: '#/' }, 'To the products')),
    ];
  }
  return [
    element('h1', {}, 'Cart'),
    element(
      'ul',
      { className: 'lines' },
      ...cart.items.map(item => line(shop, cart, item, rerender)),
    ),
    totals(cart),
    element(
      'a',
      { className: 'button narrow', href: '#/checkout' },
      'Go to checkout',
    ),
  ];
}

function line(
  shop: Shop,
  cart: Cart,
  item: LineItem,
  rerender: () => void,
): HTMLElement {
  const name = `${item.product_title}, ${item.variant_title}`;
  const change = (text: string, label: string, quantity: number) => {
    const button = element(
      'button',
      { type: 'button', className: 'quiet', 'aria-label': `${label}: ${name}` },
      text,
    );
    button.addEventListener('click', () =>
      attempt(button, async () => {
        await shop.setQuantity(item.id, quantity);
        rerender();
      }),
    );
    return button;
  };
  return element(
    'li',
    {},
    element(
      'span',
      { className: 'name' },
      item.product_title,
      element('small', {}, item.variant_title),
    ),
    element(
      'span',
      { className: 'quantity' },
      change('−', 'One less', item.quantity - 1),
      element('output', {}, String(item.quantity)),
      change('+', 'One more', item.quantity + 1),
    ),
    change('Remove', 'Remove', 0),
    element(
      'span',
      { className: 'amount' },
      money(item.total, cart.currency_code),
    ),
  );
}
