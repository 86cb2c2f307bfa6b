import { renderCart } from './cart';
import { renderCheckout } from './checkout';
import { element, find } from './dom';
import { showNotice } from './notice';
import { renderOrder } from './order';
import { renderProducts } from './products';
import { Shop } from './Shop';
import { StoreApi } from './StoreApi';
import type { Cart } from './types';

const key = find('meta[name=publishable-key]').getAttribute('content') ?? '';
const shop = new Shop(new StoreApi(key), showCartCount);
let visit = 0;

async function page(): Promise<HTMLElement[]> {
  const [, name, id] = location.hash.split('/');
  switch (name) {
    case 'cart':
      return renderCart(shop, render);
    case 'checkout':
      return renderCheckout(shop);
    case 'order':
      return renderOrder(shop, decodeURIComponent(id ?? ''));
    default:
      return renderProducts(shop);
  }
}

async function render(): Promise<void> {
  visit += 1;
  const current = visit;
  showNotice(undefined);
  try {
    const content = await page();
    // Another page was asked for meanwhile.
    if (current === visit) {
      find('[data-view]').replaceChildren(...content);
    }
  } catch (error) {
    if (current === visit) {
      showNotice(error instanceof Error ? error.message : String(error));
      const again = element('button', { className: 'narrow' }, 'Try again');
      again.addEventListener('click', render);
      find('[data-view]').replaceChildren(again);
    }
  }
}

function showCartCount(cart: Cart | undefined): void {
  const count = (cart?.items ?? []).reduce(
    (sum, item) => sum + item.quantity,
    0,
  );
  const shown = find('[data-cart-count]');
  shown.textContent = String(count);
  shown.hidden = count === 0;
  find('[data-cart-link]').setAttribute(
    'aria-label',
    count === 0 ? 'Cart, empty' : `Cart, ${count} in it`,
  );
}

window.addEventListener('hashchange', () => {
  render();
  find('[data-view]').focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
shop
  .restoreCart()
  .catch(error => showNotice(String(error.message)))
  .then(render);
