import { element, money } from './dom';
import { attempt } from './notice';
import { renderCart } from './cart';
import type { Shop } from './Shop';
import { summary } from './summary';
import type { Country, ShippingOption } from './types';

export async function renderCheckout(shop: Shop): Promise<HTMLElement[]> {
  const { cart } = shop;
  if (!cart || cart.items.length === 0) {
    return renderCart(shop, () => undefined);
  }
  const [region, shippingOptions] = await Promise.all([
    shop.region(),
    shop.shippingOptions(),
  ]);
  const button = element('button', { type: 'submit' }, 'Place order');
  const form = element(
    'form',
    { className: 'fields' },
    field('Email', { name: 'email', type: 'email', autocomplete: 'email' }),
    element(
      'div',
      { className: 'pair' },
      field('First name', { name: 'first_name', autocomplete: 'given-name' }),
      field('Last name', { name: 'last_name', autocomplete: 'family-name' }),
    ),
    field('Street and number', {
      name: 'address_1',
      autocomplete: 'street-address',
    }),
    element(
      'div',
      { className: 'pair' },
      field('Postal code', {
        name: 'postal_code',
        autocomplete: 'postal-code',
      }),
      field('City', { name: 'city', autocomplete: 'address-level2' }),
    ),
    countryChoice(region.countries),
    shippingChoice(shippingOptions, cart.currency_code),
    button,
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(form).get(name) ?? '');
    attempt(button, async () => {
      const order = await shop.order({
        email: text('email'),
        shippingOptionId: text('shipping'),
        address: {
          first_name: text('first_name'),
          last_name: text('last_name'),
          address_1: text('address_1'),
          postal_code: text('postal_code'),
          city: text('city'),
          country_code: text('country_code'),
        },
      });
      location.hash = `#/order/${order.id}`;
    });
  });
  return [
    element('h1', {}, 'Checkout'),
    element('div', { className: 'checkout' }, form, summary(cart)),
  ];
}

function field(text: string, properties: Record<string, string>): HTMLElement {
  return element(
    'label',
    {},
    text,
    element('input', { type: 'text', required: true, ...properties }),
  );
}

function countryChoice(countries: Country[]): HTMLElement {
  return element(
    'label',
    {},
    'Country',
    element(
      'select',
      { name: 'country_code', required: true, autocomplete: 'country' },
      ...countries.map(country =>
        element('option', { value: country.iso_2 }, country.display_name),
      ),
    ),
  );
}

function shippingChoice(
  options: ShippingOption[],
  currency: string,
): HTMLElement {
  if (options.length === 0) {
    return element('p', {}, 'This shop does not ship yet.');
  }
  return element(
    'fieldset',
    {},
    element('legend', {}, 'Shipping'),
    ...options.map((option, index) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'shipping',
          value: option.id,
          checked: index === 0,
          required: true,
        }),
        `${option.name}, ${money(option.amount, currency)}`,
      ),
    ),
  );
}
