import { loopbackUrl } from './loopbackUrl';

describe('loopbackUrl', () => {
  it.each([
    ['http://localhost:7007', 'http://127.0.0.1:7007'],
    ['http://localhost/api', 'http://127.0.0.1/api'],
    [
      'https://localhost.example.org:7007',
      'https://localhost.example.org:7007',
    ],
  ])('takes %s as %s', (url, expected) => {
    expect(loopbackUrl(url)).toBe(expected);
  });
});
