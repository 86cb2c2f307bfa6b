import type { MedusaContainer } from '@medusajs/framework/types';
import {
  ContainerRegistrationKeys,
  ProductStatus,
} from '@medusajs/framework/utils';
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
} from '@medusajs/medusa/core-flows';
import { demoProducts, type DemoProduct } from './demoProducts';
import { price } from './price';
import type { ShopSettings } from './settings';

export interface EnsureDemoProductsOptions {
  container: MedusaContainer;
  settings: ShopSettings;
  salesChannelId: string;
  locationId: string;
  profileId: string;
}

/** Pieces of each variant in stock. */
const STOCK = 100;

/** The demo products that are missing, in stock. One that a person deleted for good comes back only with other settings. */
export async function ensureDemoProducts(
  options: EnsureDemoProductsOptions,
): Promise<void> {
  const { container, locationId } = options;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: existing } = await query.graph({
    entity: 'product',
    fields: ['handle'],
    filters: { handle: demoProducts.map(product => product.handle) },
  });
  const handles = new Set(existing.map(product => product.handle));
  const missing = demoProducts.filter(product => !handles.has(product.handle));
  if (missing.length > 0) {
    await createProductsWorkflow(container).run({
      input: { products: missing.map(product => toInput(product, options)) },
    });
  }

  const skus = demoProducts.flatMap(product =>
    product.values.map(value => sku(product, value)),
  );
  const { data: items } = await query.graph({
    entity: 'inventory_item',
    fields: ['id', 'location_levels.id'],
    filters: { sku: skus },
  });
  const unstocked = items.filter(item => !item.location_levels?.length);
  if (unstocked.length > 0) {
    await createInventoryLevelsWorkflow(container).run({
      input: {
        inventory_levels: unstocked.map(item => ({
          location_id: locationId,
          inventory_item_id: item.id,
          stocked_quantity: STOCK,
        })),
      },
    });
  }
}

function toInput(
  product: DemoProduct,
  { settings, salesChannelId, profileId }: EnsureDemoProductsOptions,
) {
  const { currency } = settings;
  return {
    title: product.title,
    handle: product.handle,
    description: product.description,
    thumbnail: `/storefront/${product.handle}.svg`,
    status: ProductStatus.PUBLISHED,
    shipping_profile_id: profileId,
    options: [{ title: product.option, values: product.values }],
    variants: product.values.map(value => ({
      title: value,
      sku: sku(product, value),
      options: { [product.option]: value },
      prices: [
        { currency_code: currency, amount: price(product.amount, currency) },
      ],
    })),
    sales_channels: [{ id: salesChannelId }],
  };
}

function sku({ handle }: DemoProduct, value: string): string {
  return `${handle}-${value}`.toUpperCase().replaceAll(' ', '-');
}
