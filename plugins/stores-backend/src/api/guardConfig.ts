import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** So many calls in so many seconds. */
export interface RateLimit {
  limit: number;
  windowSeconds: number;
}

/** How often one caller may call. */
export interface RateLimitConfig {
  /** All calls. */
  requests: RateLimit;
  /** Calls that made a store. */
  creations: RateLimit;
}

/**
 * Reads `stores.rateLimit`.
 *
 * @throws InputError when a number is none that can be
 */
export function readRateLimitConfig(config: Config): RateLimitConfig {
  const read = (key: string, fallback: RateLimit): RateLimit => ({
    limit: readWhole(config, `rateLimit.${key}.limit`) ?? fallback.limit,
    windowSeconds:
      readWhole(config, `rateLimit.${key}.windowSeconds`) ??
      fallback.windowSeconds,
  });
  return {
    requests: read('requests', { limit: 100, windowSeconds: 15 * 60 }),
    creations: read('creations', { limit: 10, windowSeconds: 60 * 60 }),
  };
}

/**
 * Reads how many active stores an owner may have; undefined where there is no bound.
 *
 * @throws InputError when it is no number that can be
 */
export function readStoreQuota(config: Config): number | undefined {
  return readWhole(config, 'quota.maximumStoresPerOwner');
}

function readWhole(config: Config, key: string): number | undefined {
  const path = `stores.${key}`;
  const value = config.getOptionalNumber(path);
  if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
    throw new InputError(
      `'${path}' is '${value}', expected a whole number of at least 1`,
    );
  }
  return value;
}
