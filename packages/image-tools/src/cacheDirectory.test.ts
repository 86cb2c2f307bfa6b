import { homedir } from 'node:os';
import { cacheDirectory } from './cacheDirectory';

describe('cacheDirectory', () => {
  it('follows XDG_CACHE_HOME', () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: '/var/cache' })).toBe(
      '/var/cache/storeyard',
    );
  });

  it.each([undefined, '', 'relative'])(
    'is in the home folder with XDG_CACHE_HOME %p',
    value => {
      expect(cacheDirectory({ XDG_CACHE_HOME: value })).toBe(
        `${homedir()}/.cache/storeyard`,
      );
    },
  );
});
