import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import { updateStoresWorkflow } from '@medusajs/medusa/core-flows';
import { ensureDemoProducts } from './ensureDemoProducts';
import { ensureOwner } from './ensureOwner';
import { ensurePublishableKey } from './ensurePublishableKey';
import { ensureRegion } from './ensureRegion';
import { ensureShipping } from './ensureShipping';
import type { ShopSettings } from './settings';

/** The name that Medusa gives to a new store. */
const DEFAULT_NAME = 'Medusa Store';

export interface SetUpShopOptions {
  container: MedusaContainer;
  settings: ShopSettings;
  /** The title that the settings gave it last time. */
  previousTitle?: string;
}

/**
 * Makes what a shop needs to sell, on top of Medusa's defaults. Each step looks first and adds only what is missing, so
 * that it may run at every start; what a person changed in the admin stays.
 */
export async function setUpShop({
  container,
  settings,
  previousTitle,
}: SetUpShopOptions): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const {
    data: [store],
  } = await query.graph({
    entity: 'store',
    fields: [
      'id',
      'name',
      'default_sales_channel_id',
      'default_region_id',
      'default_location_id',
      'supported_currencies.*',
    ],
  });
  const salesChannelId = store?.default_sales_channel_id;
  if (!store || !salesChannelId) {
    throw new Error("Medusa's default store or its sales channel is missing");
  }

  const region = await ensureRegion(container, settings);
  const { locationId, profileId } = await ensureShipping({
    container,
    settings,
    region,
    salesChannelId,
  });

  const isTitleOurs =
    store.name === DEFAULT_NAME || store.name === previousTitle;
  const hasCurrency = store.supported_currencies?.some(
    (supported: { currency_code?: string } | null) =>
      supported?.currency_code === settings.currency,
  );
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: {
        ...(isTitleOurs && { name: settings.title }),
        default_region_id: store.default_region_id ?? region.id,
        default_location_id: store.default_location_id ?? locationId,
        ...(!hasCurrency && {
          supported_currencies: [
            { currency_code: settings.currency, is_default: true },
          ],
        }),
      },
    },
  });

  await ensurePublishableKey(container, settings);
  if (settings.demoProducts) {
    await ensureDemoProducts({
      container,
      settings,
      salesChannelId,
      locationId,
      profileId,
    });
  }
  await ensureOwner(container, settings);
}
