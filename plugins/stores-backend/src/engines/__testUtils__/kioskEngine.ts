import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  EngineStore,
  SecretSource,
  StoreEngine,
  StoreSecret,
} from '@storeyard/backstage-plugin-stores-node';

/** Another kind of shop than the one that ships, with everything of its own that an engine may have. */
export const kioskEngine: StoreEngine = {
  name: 'kiosk',
  mainWorkload: 'medusa-api',
  parseParameters({ greeting, ...others }: JsonObject): JsonObject {
    if (typeof greeting !== 'string' || Object.keys(others).length > 0) {
      throw new InputError(
        "Invalid parameters: 'parameters.greeting': expected a text, and nothing else",
      );
    }
    return { greeting };
  },
  values: ({ parameters }: EngineStore) => ({
    shop: { title: parameters.greeting, currency: 'chf', countries: ['ch'] },
  }),
  secretValues: () => ({
    secrets: { database: 'kiosk-database', shop: 'kiosk-shop' },
  }),
  secrets: ({ storeId, derived }): StoreSecret[] => [
    {
      name: 'kiosk-database',
      data: { POSTGRES_PASSWORD: password(storeId, derived) },
    },
    { name: 'kiosk-shop', data: { KIOSK_KEY: password(storeId, derived) } },
  ],
  urls: storefront => ({
    storefront,
    admin: `${storefront}/till`,
    api: `${storefront}/kiosk`,
  }),
  firstLogin: ({ store, derived }) => ({
    email: 'keeper@kiosk.example',
    password: password(store.id, derived),
  }),
  probeRequests: ({ storeId, derived }) => [
    {
      path: '/kiosk/health',
      headers: { 'x-kiosk-key': password(storeId, derived) },
      verify: body => (body === '{}' ? undefined : 'the kiosk is closed'),
    },
  ],
};

function password(storeId: string, derived: SecretSource): string {
  return derived.hexadecimal({ storeId, purpose: 'kiosk', length: 32 });
}
