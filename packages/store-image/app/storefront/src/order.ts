import { element } from './dom';
import type { Shop } from './Shop';
import { summary } from './summary';

export async function renderOrder(
  shop: Shop,
  id: string,
): Promise<HTMLElement[]> {
  const order = await shop.findOrder(id);
  return [
    element('h1', {}, 'Thank you!'),
    element(
      'div',
      { className: 'done' },
      element('h2', {}, `Order #${order.display_id} is placed`),
      element('p', {}, `We keep ${order.email ?? 'you'} informed.`),
      summary(order),
      element('a', { className: 'button narrow', href: '#/' }, 'Shop on'),
    ),
  ];
}
