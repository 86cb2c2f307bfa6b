import { element, money } from './dom';
import type { Cart, Order } from './types';

/** Lines without controls, and the sums. */
export function summary(sale: Cart | Order): HTMLElement {
  return element(
    'section',
    { 'aria-label': 'Summary' },
    element(
      'ul',
      { className: 'lines' },
      ...sale.items.map(item =>
        element(
          'li',
          {},
          element(
            'span',
            { className: 'name' },
            `${item.quantity} × ${item.product_title}`,
            element('small', {}, item.variant_title),
          ),
          element(
            'span',
            { className: 'amount' },
            money(item.total, sale.currency_code),
          ),
        ),
      ),
    ),
    totals(sale),
  );
}

export function totals(sale: Cart | Order): HTMLElement {
  const row = (name: string, amount: number, className = '') => [
    element('dt', { className }, name),
    element('dd', { className }, money(amount, sale.currency_code)),
  ];
  return element(
    'dl',
    { className: 'totals' },
    ...row('Items', sale.item_subtotal),
    ...row('Shipping', sale.shipping_total),
    ...(sale.tax_total ? row('Taxes', sale.tax_total) : []),
    ...row('Total', sale.total, 'sum'),
  );
}
