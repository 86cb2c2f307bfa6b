import { NotFoundError } from '@backstage/errors';
import { requestJson, type ShopAddress } from './requestJson';

/** Options of {@link placeOrder}. */
export interface PlaceOrderOptions extends ShopAddress {
  /** The shop's publishable key, `pk_…`. */
  publishableKey: string;
  /** Default: `shopper@example.com`. */
  email?: string;
  /** Pieces of the product. Default: 1. */
  quantity?: number;
}

/** An order as the shopper sees it. Amounts are in the currency's main unit. */
export interface PlacedOrder {
  id: string;
  /** The number that people use. */
  displayId: number;
  total: number;
  currency: string;
  /** Title of the product that was bought. */
  product: string;
}

interface Region {
  id: string;
  currency_code: string;
  countries: { iso_2: string }[];
}

interface Product {
  title: string;
  variants: {
    id: string;
    calculated_price?: { calculated_amount: number };
  }[];
}

type Completion =
  | {
      type: 'order';
      order: {
        id: string;
        display_id: number;
        total: number;
        currency_code: string;
      };
    }
  | { type: 'cart'; error: { message: string } };

/**
 * Buys the first product that has a price, as a guest and through the Store API: products, cart, address, shipping, payment,
 * order.
 *
 * @throws NotFoundError when the shop sells nothing, ShopRequestError when it refuses a step
 */
export async function placeOrder(
  options: PlaceOrderOptions,
): Promise<PlacedOrder> {
  const { publishableKey, email = 'shopper@example.com' } = options;
  const store = <T>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<T> =>
    requestJson<T>(options, {
      method,
      path: `/store${path}`,
      body,
      headers: { 'x-publishable-api-key': publishableKey },
    });

  const { regions } = await store<{ regions: Region[] }>('GET', '/regions');
  const region = first(regions, 'region');
  const { products } = await store<{ products: Product[] }>(
    'GET',
    `/products?region_id=${region.id}&fields=title,variants.id,*variants.calculated_price`,
  );
  const product = first(
    products.filter(({ variants }) => variants[0]?.calculated_price),
    'product with a price',
  );

  const { cart } = await store<{ cart: { id: string } }>('POST', '/carts', {
    region_id: region.id,
  });
  const path = `/carts/${cart.id}`;
  await store('POST', `${path}/line-items`, {
    variant_id: first(product.variants, 'variant').id,
    quantity: options.quantity ?? 1,
  });
  const address = {
    first_name: 'Sam',
    last_name: 'Shopper',
    address_1: 'Harbour Street 1',
    postal_code: '12345',
    city: 'Harbour',
    country_code: first(region.countries, 'country').iso_2,
  };
  await store('POST', path, {
    email,
    shipping_address: address,
    billing_address: address,
  });
  const { shipping_options: shippingOptions } = await store<{
    shipping_options: { id: string }[];
  }>('GET', `/shipping-options?cart_id=${cart.id}`);
  await store('POST', `${path}/shipping-methods`, {
    option_id: first(shippingOptions, 'shipping option').id,
  });
  const { payment_collection: payment } = await store<{
    payment_collection: { id: string };
  }>('POST', '/payment-collections', { cart_id: cart.id });
  await store('POST', `/payment-collections/${payment.id}/payment-sessions`, {
    provider_id: 'pp_system_default',
  });
  const completion = await store<Completion>('POST', `${path}/complete`);
  if (completion.type !== 'order') {
    throw new Error(
      `The shop did not turn the cart into an order: ${completion.error.message}`,
    );
  }
  const { order } = completion;
  return {
    id: order.id,
    displayId: order.display_id,
    total: order.total,
    currency: order.currency_code,
    product: product.title,
  };
}

function first<T>(items: T[], what: string): T {
  const [item] = items;
  if (!item) {
    throw new NotFoundError(`The shop has no ${what}`);
  }
  return item;
}
