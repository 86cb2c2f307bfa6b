import { StoreApi, StoreApiError } from './StoreApi';
import type {
  Address,
  Cart,
  Order,
  Product,
  Region,
  ShippingOption,
} from './types';

const CART_KEY = 'cart';
/** A manual payment, which Medusa has without a provider. */
const PAYMENT_PROVIDER = 'pp_system_default';

/** What a shopper does. The cart outlives a reload. */
export class Shop {
  #region?: Promise<Region>;
  #cart?: Cart;

  constructor(
    private readonly api: StoreApi,
    private readonly onCartChange: (cart: Cart | undefined) => void,
  ) {}

  get cart(): Cart | undefined {
    return this.#cart;
  }

  region(): Promise<Region> {
    this.#region ??= this.api
      .get<{ regions: Region[] }>('/regions')
      .then(({ regions }) => {
        const [region] = regions;
        if (!region) {
          throw new Error('This shop does not sell anywhere yet.');
        }
        return region;
      });
    // A failure isn't kept.
    this.#region.catch(() => {
      this.#region = undefined;
    });
    return this.#region;
  }

  async products(): Promise<Product[]> {
    const region = await this.region();
    const { products } = await this.api.get<{ products: Product[] }>(
      `/products?limit=100&region_id=${region.id}&fields=title,description,thumbnail,variants.id,variants.title,*variants.calculated_price`,
    );
    return products;
  }

  /** The cart of an earlier visit, unless it became an order or is gone. */
  async restoreCart(): Promise<void> {
    const id = localStorage.getItem(CART_KEY);
    if (!id) {
      return;
    }
    try {
      const { cart } = await this.api.get<{ cart: Cart }>(`/carts/${id}`);
      this.#keep(cart.completed_at ? undefined : cart);
    } catch (error) {
      if (!(error instanceof StoreApiError) || error.status !== 404) {
        throw error;
      }
      this.#keep(undefined);
    }
  }

  async add(variantId: string): Promise<void> {
    if (!this.#cart) {
      const region = await this.region();
      const { cart } = await this.api.post<{ cart: Cart }>('/carts', {
        region_id: region.id,
      });
      this.#keep(cart);
    }
    await this.#change('/line-items', { variant_id: variantId, quantity: 1 });
  }

  async setQuantity(itemId: string, quantity: number): Promise<void> {
    if (quantity > 0) {
      await this.#change(`/line-items/${itemId}`, { quantity });
    } else {
      const { parent } = await this.api.delete<{ parent: Cart }>(
        `/carts/${this.#cartId()}/line-items/${itemId}`,
      );
      this.#keep(parent);
    }
  }

  async shippingOptions(): Promise<ShippingOption[]> {
    const { shipping_options } = await this.api.get<{
      shipping_options: ShippingOption[];
    }>(`/shipping-options?cart_id=${this.#cartId()}`);
    return shipping_options;
  }

  async order(options: {
    email: string;
    address: Address;
    shippingOptionId: string;
  }): Promise<Order> {
    const { email, address, shippingOptionId } = options;
    await this.#change('', {
      email,
      shipping_address: address,
      billing_address: address,
    });
    await this.#change('/shipping-methods', { option_id: shippingOptionId });
    const { payment_collection } = await this.api.post<{
      payment_collection: { id: string };
    }>('/payment-collections', { cart_id: this.#cartId() });
    await this.api.post(
      `/payment-collections/${payment_collection.id}/payment-sessions`,
      { provider_id: PAYMENT_PROVIDER },
    );
    const outcome = await this.api.post<
      | { type: 'order'; order: Order }
      | { type: 'cart'; error: { message: string } }
    >(`/carts/${this.#cartId()}/complete`);
    if (outcome.type !== 'order') {
      throw new Error(outcome.error.message);
    }
    this.#keep(undefined);
    return outcome.order;
  }

  async findOrder(id: string): Promise<Order> {
    const { order } = await this.api.get<{ order: Order }>(
      `/orders/${encodeURIComponent(id)}`,
    );
    return order;
  }

  async #change(path: string, body: object): Promise<void> {
    const { cart } = await this.api.post<{ cart: Cart }>(
      `/carts/${this.#cartId()}${path}`,
      body,
    );
    this.#keep(cart);
  }

  #cartId(): string {
    if (!this.#cart) {
      throw new Error('Your cart is empty.');
    }
    return this.#cart.id;
  }

  #keep(cart: Cart | undefined): void {
    this.#cart = cart;
    if (cart) {
      localStorage.setItem(CART_KEY, cart.id);
    } else {
      localStorage.removeItem(CART_KEY);
    }
    this.onCartChange(cart);
  }
}
