import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import {
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from '@medusajs/medusa/core-flows';
import { price } from './price';
import type { Region } from './ensureRegion';
import type { ShopSettings } from './settings';

export interface EnsureShippingOptions {
  container: MedusaContainer;
  settings: ShopSettings;
  region: Region;
  salesChannelId: string;
}

const FULFILLMENT_SET = 'Main shipping';

/** A place that goods are sent from, and a way to send them. */
export async function ensureShipping(
  options: EnsureShippingOptions,
): Promise<{ locationId: string; profileId: string }> {
  const locationId = await ensureLocation(options);
  const profileId = await ensureProfile(options.container);
  const query = options.container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: shippingOptions } = await query.graph({
    entity: 'shipping_option',
    fields: ['id'],
  });
  if (shippingOptions.length === 0) {
    await createShippingOption(options, locationId, profileId);
  }
  return { locationId, profileId };
}

async function ensureLocation({
  container,
  settings,
  salesChannelId,
}: EnsureShippingOptions): Promise<string> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: locations } = await query.graph({
    entity: 'stock_location',
    fields: ['id'],
  });
  if (locations[0]) {
    return locations[0].id;
  }
  const { result } = await createStockLocationsWorkflow(container).run({
    input: {
      locations: [
        {
          name: 'Main',
          address: { address_1: '', country_code: settings.countries[0] },
        },
      ],
    },
  });
  const id = result[0].id;
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id, add: [salesChannelId] },
  });
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: 'manual_manual' },
  });
  return id;
}

/** Medusa's migration scripts make it; a database without it is repaired. */
async function ensureProfile(container: MedusaContainer): Promise<string> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: profiles } = await query.graph({
    entity: 'shipping_profile',
    fields: ['id'],
    filters: { type: 'default' },
  });
  if (profiles[0]) {
    return profiles[0].id;
  }
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: 'Default Shipping Profile', type: 'default' }] },
  });
  return result[0].id;
}

async function createShippingOption(
  { container, settings, region }: EnsureShippingOptions,
  locationId: string,
  profileId: string,
): Promise<void> {
  const fulfillment = container.resolve(Modules.FULFILLMENT);
  const [existing] = await fulfillment.listFulfillmentSets(
    { name: FULFILLMENT_SET },
    { relations: ['service_zones'] },
  );
  const set =
    existing ??
    (await fulfillment.createFulfillmentSets({
      name: FULFILLMENT_SET,
      type: 'shipping',
      service_zones: [
        {
          name: region.name,
          geo_zones: settings.countries.map(country_code => ({
            type: 'country' as const,
            country_code,
          })),
        },
      ],
    }));
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.STOCK_LOCATION]: { stock_location_id: locationId },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  });
  const amount = price(5, settings.currency);
  await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: 'Standard shipping',
        price_type: 'flat',
        provider_id: 'manual_manual',
        service_zone_id: set.service_zones[0].id,
        shipping_profile_id: profileId,
        type: {
          label: 'Standard',
          description: 'Arrives in 2 to 3 days.',
          code: 'standard',
        },
        prices: [
          { currency_code: settings.currency, amount },
          { region_id: region.id, amount },
        ],
        rules: [
          { attribute: 'enabled_in_store', operator: 'eq', value: 'true' },
          { attribute: 'is_return', operator: 'eq', value: 'false' },
        ],
      },
    ],
  });
}
