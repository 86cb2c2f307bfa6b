import { ConfigReader } from '@backstage/config';
import { readPagesUrl } from './readPagesUrl';

describe('readPagesUrl', () => {
  it('is where the pages are unless told otherwise', () => {
    const app = { baseUrl: 'https://portal.example.com/backstage/' };
    expect(readPagesUrl(new ConfigReader({ app }))).toBe(
      'https://portal.example.com/backstage/stores',
    );
    const catalog = { providers: { stores: { pagePath: '/shops' } } };
    expect(readPagesUrl(new ConfigReader({ app, catalog }))).toBe(
      'https://portal.example.com/backstage/shops',
    );
  });
});
