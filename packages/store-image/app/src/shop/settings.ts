import { createHash } from 'node:crypto';

/** What is per shop, from the environment. */
export interface ShopSettings {
  title: string;
  /** ISO 4217, lower case. */
  currency: string;
  /** ISO 3166-1 alpha-2, lower case. */
  countries: string[];
  demoProducts: boolean;
  adminEmail?: string;
  /** Only used while the admin doesn't exist. */
  adminPassword?: string;
  /** `pk_` and 64 hexadecimal digits; without it Medusa makes one. */
  publishableKey?: string;
}

/** @throws when a setting is malformed, quoting it */
export function readShopSettings(
  env: NodeJS.ProcessEnv = process.env,
): ShopSettings {
  const currency = (env.STORE_CURRENCY || 'eur').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw new Error(`STORE_CURRENCY is '${currency}', expected three letters`);
  }
  const countries = (env.STORE_COUNTRIES || 'de,fr,gb')
    .split(',')
    .map(country => country.trim().toLowerCase())
    .filter(Boolean);
  const wrong = countries.find(country => !/^[a-z]{2}$/.test(country));
  if (wrong || countries.length === 0) {
    throw new Error(
      `STORE_COUNTRIES is '${env.STORE_COUNTRIES}', expected two letters a country, by commas`,
    );
  }
  const publishableKey = env.PUBLISHABLE_API_KEY || undefined;
  if (publishableKey && !/^pk_[0-9a-f]{64}$/.test(publishableKey)) {
    throw new Error(
      'PUBLISHABLE_API_KEY is malformed, expected pk_ and 64 hexadecimal digits',
    );
  }
  return {
    title: env.STORE_NAME?.trim() || 'Shop',
    currency,
    countries,
    demoProducts: env.SEED_DEMO === 'true',
    adminEmail: env.ADMIN_EMAIL?.toLowerCase() || undefined,
    adminPassword: env.ADMIN_PASSWORD || undefined,
    publishableKey,
  };
}

/**
 * Names the settings that a shop was set up with, and by which schema's image. The admin's password isn't part of it: it
 * is used once, and a digest of it should not be kept.
 */
export function settingsDigest(settings: ShopSettings, schema: string): string {
  const { adminPassword: _, ...rest } = settings;
  return createHash('sha256')
    .update(JSON.stringify([schema, rest]))
    .digest('hex');
}
