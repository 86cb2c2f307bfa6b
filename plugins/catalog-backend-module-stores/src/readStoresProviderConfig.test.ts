import { ConfigReader } from '@backstage/config';
import { readStoresProviderConfig } from './readStoresProviderConfig';

describe('readStoresProviderConfig', () => {
  it('has a default for everything', () => {
    expect(
      readStoresProviderConfig(
        new ConfigReader({ app: { baseUrl: 'http://localhost:7007/' } }),
      ),
    ).toEqual({
      schedule: { frequency: { minutes: 5 }, timeout: { minutes: 2 } },
      pagesUrl: 'http://localhost:7007/stores',
    });
  });

  it('takes another schedule and place of the pages', () => {
    expect(
      readStoresProviderConfig(
        new ConfigReader({
          app: { baseUrl: 'https://portal.example.com/backstage' },
          catalog: {
            providers: {
              stores: {
                pagePath: '/shops/',
                schedule: {
                  frequency: { hours: 1 },
                  timeout: { minutes: 10 },
                },
              },
            },
          },
        }),
      ),
    ).toMatchObject({
      schedule: { frequency: { hours: 1 }, timeout: { minutes: 10 } },
      pagesUrl: 'https://portal.example.com/backstage/shops',
    });
  });
});
