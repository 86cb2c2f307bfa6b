import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { StoreUrls } from '@storeyard/backstage-plugin-stores-common';
import type {
  EngineStore,
  SecretSource,
  StoreEngine,
  StoreLogin,
  StoreProbeRequest,
  StoreSecret,
} from '@storeyard/backstage-plugin-stores-node';
import type { z } from 'zod';
import { type MedusaParameters, medusaParameters } from './medusaParameters';

const DATABASE_SECRET = 'database-credentials';
const SHOP_SECRET = 'shop-credentials';

/** A Medusa shop with its own PostgreSQL. */
export class MedusaEngine implements StoreEngine {
  static create(): MedusaEngine {
    return new MedusaEngine();
  }

  readonly name = 'medusa';
  readonly mainWorkload = 'medusa-api';

  private constructor() {}

  parseParameters(parameters: JsonObject): MedusaParameters & JsonObject {
    const parsed = medusaParameters.safeParse(parameters);
    if (parsed.success) return parsed.data;
    throw new InputError(parsed.error.issues.flatMap(describe).join('; '));
  }

  values(store: EngineStore): JsonObject {
    const parameters = this.parseParameters(store.parameters);
    return {
      shop: {
        title: parameters.title ?? store.name,
        currency: parameters.currency,
        countries: parameters.countries,
        demoProducts: parameters.demoProducts,
        ...(parameters.adminEmail && { adminEmail: parameters.adminEmail }),
      },
      ...(parameters.imageVersion && {
        image: { tag: parameters.imageVersion },
      }),
    };
  }

  secretValues(): JsonObject {
    return { secrets: { database: DATABASE_SECRET, shop: SHOP_SECRET } };
  }

  secrets(options: { storeId: string; derived: SecretSource }): StoreSecret[] {
    const { storeId, derived } = options;
    const derive = (purpose: string, length?: number) =>
      derived.hexadecimal({ storeId, purpose, length });
    const databasePassword = derive('database-password', 48);
    return [
      {
        name: DATABASE_SECRET,
        data: {
          POSTGRES_USER: 'store',
          POSTGRES_PASSWORD: databasePassword,
          POSTGRES_DB: 'store',
        },
      },
      {
        name: SHOP_SECRET,
        data: {
          DATABASE_URL: `postgres://store:${databasePassword}@postgres:5432/store`,
          JWT_SECRET: derive('jwt'),
          COOKIE_SECRET: derive('cookie'),
          AUTH_MFA_ENCRYPTION_KEY: derive('mfa-encryption'),
          ADMIN_PASSWORD: this.adminPassword(options),
          PUBLISHABLE_API_KEY: this.publishableKey(options),
        },
      },
    ];
  }

  urls(storefront: string): StoreUrls {
    return {
      storefront,
      admin: `${storefront}/app`,
      api: `${storefront}/store`,
    };
  }

  /** As the chart makes it unless an address was given. */
  firstLogin(options: {
    store: EngineStore;
    storefront: string;
    derived: SecretSource;
  }): StoreLogin {
    const { store, storefront, derived } = options;
    const { adminEmail } = this.parseParameters(store.parameters);
    return {
      email: adminEmail ?? `admin@${new URL(storefront).hostname}`,
      password: this.adminPassword({ storeId: store.id, derived }),
    };
  }

  probeRequests(options: {
    storeId: string;
    derived: SecretSource;
  }): StoreProbeRequest[] {
    return [
      { path: '/ready' },
      {
        path: '/store/products?limit=1&fields=id',
        headers: { 'x-publishable-api-key': this.publishableKey(options) },
        verify: body =>
          /"products"\s*:\s*\[/.test(body)
            ? undefined
            : 'the answer holds no list of products',
      },
    ];
  }

  private adminPassword(options: {
    storeId: string;
    derived: SecretSource;
  }): string {
    return options.derived.hexadecimal({
      storeId: options.storeId,
      purpose: 'admin-password',
      length: 24,
    });
  }

  private publishableKey(options: {
    storeId: string;
    derived: SecretSource;
  }): string {
    return `pk_${options.derived.hexadecimal({
      storeId: options.storeId,
      purpose: 'publishable-key',
    })}`;
  }
}

/** One text a field, unknown ones too. */
function describe(issue: z.core.$ZodIssue): string[] {
  const path = ['parameters', ...issue.path.map(String)];
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => `${[...path, key].join('.')}: unknown field`)
    : [`${path.join('.')}: ${issue.message}`];
}
