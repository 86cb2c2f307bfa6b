import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys } from '@medusajs/framework/utils';
import type { ShopSettings } from './settings';

/**
 * Gives Medusa's first publishable key the value that the platform knows already. Such keys are public: they name a sales
 * channel and are kept in clear.
 */
export async function ensurePublishableKey(
  container: MedusaContainer,
  { publishableKey }: ShopSettings,
): Promise<void> {
  if (!publishableKey) {
    return;
  }
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION);
  await database.raw(
    `update api_key set token = ?, redacted = ?, updated_at = now()
     where id = (
       select id from api_key
       where type = 'publishable' and deleted_at is null and revoked_at is null
       order by created_at limit 1
     ) and not exists (select 1 from api_key where token = ?)`,
    [
      publishableKey,
      `${publishableKey.slice(0, 6)}***${publishableKey.slice(-3)}`,
      publishableKey,
    ],
  );
}
