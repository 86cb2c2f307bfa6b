import { addressEndOf, previewAddress } from './previewAddress';

describe('previewAddress', () => {
  it.each([
    ['Demo Shop', undefined, 'demo-shop-…'],
    ['Demo Shop', '.localhost:8080', 'demo-shop-….localhost:8080'],
    ['x'.repeat(60), '.shops.example', `${'x'.repeat(34)}-….shops.example`],
    ['??', '.localhost', undefined],
  ])('gives for %j and %j: %s', (name, end, address) => {
    expect(previewAddress(name, end)).toBe(address);
  });
});

describe('addressEndOf', () => {
  it.each([
    ['http://demo-shop-….localhost:8080', '.localhost:8080'],
    ['https://demo-shop-….shops.example/', '.shops.example'],
    ['https://toys.example', undefined],
    [undefined, undefined],
  ])('finds in %s: %s', (storefront, end) => {
    expect(addressEndOf(storefront)).toBe(end);
  });
});
