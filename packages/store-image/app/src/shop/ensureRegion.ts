import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import {
  createRegionsWorkflow,
  createTaxRegionsWorkflow,
} from '@medusajs/medusa/core-flows';
import type { ShopSettings } from './settings';

export interface Region {
  id: string;
  name: string;
}

/** The one region that the shop sells in at first, and a tax region for each of its countries. */
export async function ensureRegion(
  container: MedusaContainer,
  { currency, countries }: ShopSettings,
): Promise<Region> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: regions } = await query.graph({
    entity: 'region',
    fields: ['id', 'name'],
  });
  let region: Region | undefined = regions[0];
  if (!region) {
    const { result } = await createRegionsWorkflow(container).run({
      input: {
        regions: [
          {
            name: 'Default',
            currency_code: currency,
            countries,
            payment_providers: ['pp_system_default'],
          },
        ],
      },
    });
    region = result[0];
  }
  const { data: taxRegions } = await query.graph({
    entity: 'tax_region',
    fields: ['country_code'],
  });
  const known = new Set(taxRegions.map(taxRegion => taxRegion.country_code));
  const missing = countries.filter(country => !known.has(country));
  if (missing.length > 0) {
    await createTaxRegionsWorkflow(container).run({
      input: missing.map(country_code => ({
        country_code,
        provider_id: 'tp_system',
      })),
    });
  }
  if (!region) {
    throw new Error('Medusa created no region');
  }
  return region;
}
