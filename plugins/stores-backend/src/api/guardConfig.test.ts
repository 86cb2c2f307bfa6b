import { ConfigReader } from '@backstage/config';
import { readRateLimitConfig, readStoreQuota } from './guardConfig';

describe('readRateLimitConfig', () => {
  it('bounds requests and creations unless told otherwise', () => {
    expect(readRateLimitConfig(new ConfigReader({}))).toEqual({
      requests: { limit: 100, windowSeconds: 900 },
      creations: { limit: 10, windowSeconds: 3600 },
    });
    expect(
      readRateLimitConfig(
        new ConfigReader({
          stores: { rateLimit: { creations: { limit: 500 } } },
        }),
      ).creations,
    ).toEqual({ limit: 500, windowSeconds: 3600 });
  });

  it.each([0, -1, 1.5])('refuses the limit %s', limit => {
    expect(() =>
      readRateLimitConfig(
        new ConfigReader({ stores: { rateLimit: { requests: { limit } } } }),
      ),
    ).toThrow(
      `'stores.rateLimit.requests.limit' is '${limit}', expected a whole number of at least 1`,
    );
  });
});

describe('readStoreQuota', () => {
  const read = (maximumStoresPerOwner?: number) =>
    readStoreQuota(
      new ConfigReader({ stores: { quota: { maximumStoresPerOwner } } }),
    );

  it('is no bound unless it is given', () => {
    expect(readStoreQuota(new ConfigReader({}))).toBeUndefined();
    expect(read(5)).toBe(5);
  });

  it('refuses what is no number of stores', () => {
    expect(() => read(-1)).toThrow(
      "'stores.quota.maximumStoresPerOwner' is '-1', expected a whole number of at least 1",
    );
  });
});
