import { DerivedSecrets } from '../DerivedSecrets';
import { EngineRegistry } from '../EngineRegistry';
import { MedusaEngine } from './MedusaEngine';

const engine = MedusaEngine.create();
const derived = DerivedSecrets.create({
  secretKey: '0123456789abcdef0123456789abcdef',
});
const secretsOf = (storeId: string) =>
  Object.assign(
    {},
    ...engine.secrets({ storeId, derived }).map(({ data }) => data),
  ) as Record<string, string>;

describe('MedusaEngine', () => {
  it('fills in what a person left out', () => {
    expect(engine.parseParameters({})).toEqual({
      currency: 'eur',
      countries: ['de', 'fr', 'gb'],
      demoProducts: true,
    });
  });

  it.each([
    [{ currency: 'EUR' }, 'parameters.currency: '],
    [{ countries: [] }, 'parameters.countries: '],
    [{ countries: ['de', 'de'] }, 'parameters.countries: '],
    [{ countries: ['deu'] }, 'parameters.countries.0: '],
    [{ demoProducts: 'yes' }, 'parameters.demoProducts: '],
    [{ adminEmail: 'nobody' }, 'parameters.adminEmail: '],
    [{ imageVersion: 'evil.example/image:1' }, 'parameters.imageVersion: '],
    [{ imageVersion: '-1' }, 'parameters.imageVersion: '],
    [{ title: ' ' }, 'parameters.title: '],
    [{ colour: 'red' }, 'colour'],
  ])('refuses %j and names the field', (parameters, field) => {
    expect(() => engine.parseParameters(parameters)).toThrow(field);
  });

  it('names each wrong field at once', () => {
    expect(() => engine.parseParameters({ currency: 'x', title: '' })).toThrow(
      /parameters\.title: .*; parameters\.currency: /,
    );
  });

  it('turns parameters into chart values, none of them secret', () => {
    const values = engine.values({
      id: 'toys-x7k2p',
      name: 'Toys',
      parameters: { adminEmail: 'ada@example.com', imageVersion: '2.18.1' },
    });
    expect(values).toEqual({
      shop: {
        title: 'Toys',
        currency: 'eur',
        countries: ['de', 'fr', 'gb'],
        demoProducts: true,
        adminEmail: 'ada@example.com',
      },
      image: { tag: '2.18.1' },
    });
  });

  it("leaves the image's version and the admin's address to the chart unless told", () => {
    const values = engine.values({ id: 'a', name: 'A', parameters: {} });
    expect(values).not.toHaveProperty('image');
    expect(values.shop).not.toHaveProperty('adminEmail');
  });

  it('gives a store the same secrets on every call, and no other store any of them', () => {
    const secrets = secretsOf('toys-x7k2p');
    expect(secretsOf('toys-x7k2p')).toEqual(secrets);
    const own = Object.entries(secrets).filter(
      ([key]) => !['POSTGRES_USER', 'POSTGRES_DB'].includes(key),
    );
    const others = Object.values(secretsOf('toys-x7k2q'));
    expect(own).toHaveLength(7);
    expect(new Set(own.map(([, value]) => value)).size).toBe(7);
    for (const [, value] of own) expect(others).not.toContain(value);
  });

  it('makes the forms that database and shop ask for', () => {
    const secrets = secretsOf('toys-x7k2p');
    expect(secrets.DATABASE_URL).toBe(
      `postgres://store:${secrets.POSTGRES_PASSWORD}@postgres:5432/store`,
    );
    expect(secrets.PUBLISHABLE_API_KEY).toMatch(/^pk_[0-9a-f]{64}$/);
    expect(secrets.AUTH_MFA_ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
  });

  it('asks for the product list with the key that the shop has', () => {
    const [ready, products] = engine.probeRequests({
      storeId: 'toys-x7k2p',
      derived,
    });
    expect(ready!.path).toBe('/ready');
    expect(products!.headers).toEqual({
      'x-publishable-api-key': secretsOf('toys-x7k2p').PUBLISHABLE_API_KEY,
    });
    expect(products!.verify!('{"products":[],"count":0}')).toBeUndefined();
    expect(products!.verify!('<html>')).toContain('no list of products');
  });

  it('is found by its name, and an unknown engine names the known', () => {
    const registry = EngineRegistry.create([engine]);
    expect(registry.get('medusa')).toBe(engine);
    expect(() => registry.get('magento')).toThrow(
      "engine: unknown engine 'magento', expected one of 'medusa'",
    );
  });
});
