import { createHmac } from 'node:crypto';
import { DerivedSecrets } from './DerivedSecrets';

const secretKey = '0123456789abcdef0123456789abcdef';
const derived = DerivedSecrets.create({ secretKey });

describe('DerivedSecrets', () => {
  it('gives these bytes for this key, now and in every later version', () => {
    expect(derived.hexadecimal({ storeId: 'toys-x7k2p', purpose: 'jwt' })).toBe(
      '7a5b06adcb0c94d9e16f6c9cd34791673254a429526bc4508260f3866360ff31',
    );
    expect(
      derived.hexadecimal({
        storeId: 'toys-x7k2p',
        purpose: 'database-password',
        version: 2,
        length: 48,
      }),
    ).toBe('f082a2c4d1d0f7138847c6b373739f3c116e561e50c07cc3');
    expect(derived.fingerprint()).toBe('e725c2fd7e64cd4a7383920b1f1ffbfb');
  });

  it('is HMAC-SHA-256 over store, purpose and version', () => {
    expect(
      derived.hexadecimal({ storeId: 'a', purpose: 'b', version: 3 }),
    ).toBe(createHmac('sha256', secretKey).update('["a","b",3]').digest('hex'));
  });

  it('differs by store, purpose, version and key', () => {
    const other = DerivedSecrets.create({ secretKey: `${secretKey}!` });
    const secrets = [
      derived.hexadecimal({ storeId: 'a', purpose: 'b' }),
      derived.hexadecimal({ storeId: 'ab', purpose: '' }),
      derived.hexadecimal({ storeId: 'a', purpose: 'c' }),
      derived.hexadecimal({ storeId: 'a', purpose: 'b', version: 2 }),
      other.hexadecimal({ storeId: 'a', purpose: 'b' }),
    ];
    expect(new Set(secrets).size).toBe(secrets.length);
    expect(other.fingerprint()).not.toBe(derived.fingerprint());
  });

  it('refuses a key that is too short', () => {
    expect(() => DerivedSecrets.create({ secretKey: 'short' })).toThrow(
      'secret key has 5 characters, expected at least 32',
    );
  });
});
