import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '@storeyard/image-tools';
import { buildStoreImages } from './build/buildStoreImages';
import { findOrder, placeOrder } from './shopper';
import { Shop, type ShopImages } from './testing/Shop';
import { unpackImage } from './testing/unpackImage';
import { waitFor } from './testing/waitFor';

jest.setTimeout(300_000);

/** What a second boot must not make again. */
const COUNTS = `select json_build_object(
  'stores', (select count(*) from store),
  'keys', (select count(*) from api_key),
  'regions', (select count(*) from region),
  'products', (select count(*) from product),
  'variants', (select count(*) from product_variant),
  'shippingOptions', (select count(*) from shipping_option),
  'locations', (select count(*) from stock_location),
  'users', (select count(*) from "user"),
  'logins', (select count(*) from provider_identity),
  'orders', (select count(*) from "order"))`;

const MARKER = "select value from store_meta.kv where key = 'schema'";

describe('images of shop and database', () => {
  let folder: string;
  let images: ShopImages;
  const shops: Shop[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-images-'));
    const built = await buildStoreImages({
      cacheDirectory: cacheDirectory(),
      log: join(cacheDirectory(), 'logs/build.log'),
    });
    const roots = {
      store: join(folder, 'store'),
      postgres: join(folder, 'postgres'),
    };
    images = {
      store: {
        root: roots.store,
        config: await unpackImage(built.store.archive, roots.store),
      },
      postgres: {
        root: roots.postgres,
        config: await unpackImage(built.postgres.archive, roots.postgres),
      },
    };
  });

  afterAll(async () => {
    for (const shop of shops) {
      await shop.kill();
    }
    await rm(folder, { recursive: true, force: true });
  });

  async function createShop(name: string, env: Record<string, string> = {}) {
    const shop = await Shop.create({
      images,
      folder: join(folder, name),
      env,
    });
    shops.push(shop);
    return shop;
  }

  async function buy(shop: Shop) {
    const order = await placeOrder({
      ...shop.address,
      publishableKey: shop.publishableKey,
    });
    const found = await findOrder({
      ...shop.address,
      ...shop.admin,
      orderId: order.id,
    });
    expect(found).toMatchObject({
      id: order.id,
      displayId: order.displayId,
      total: order.total,
      currency: 'usd',
      email: 'shopper@example.com',
    });
    return order;
  }

  describe('on one volume, boot after boot', () => {
    let shop: Shop;
    let firstOrder: string;
    let counts: string;
    let marker: string;

    beforeAll(async () => {
      shop = await createShop('one');
    });

    it('sells after its first boot, from the templates', async () => {
      await shop.start();

      expect(shop.database?.output).toContain(
        "starting from the image's template",
      );
      expect(shop.server?.output).not.toContain('long way');
      expect(await shop.get('/ready')).toMatchObject({ status: 200 });
      expect(await shop.get('/health')).toMatchObject({ status: 200 });
      expect(await shop.get('/app')).toMatchObject({ status: 200 });
      firstOrder = (await buy(shop)).id;
    });

    it('shows a storefront with its title and key, and the scripts it names', async () => {
      const page = await shop.get('/');

      expect(page.status).toBe(200);
      expect(page.text).toContain('<title>Test &#38; Sons</title>');
      expect(page.text).toContain(shop.publishableKey);
      for (const [, path] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
        expect(await shop.get(path!)).toMatchObject({ status: 200 });
      }
      expect(await shop.get('/storefront/..%2fpackage.json')).toMatchObject({
        status: 404,
      });
    });

    it('is not ready while its database is away, and again when it is back', async () => {
      expect(await shop.database?.stop()).toBe(0);
      expect(await shop.get('/ready')).toMatchObject({ status: 503 });
      await shop.startDatabase();
      await waitFor(
        'readiness',
        async () => (await shop.get('/ready')).status === 200,
      );
    });

    it('ends with 0 when it is told to', async () => {
      counts = await shop.query(COUNTS);
      marker = await shop.query(MARKER);

      expect(await shop.stop()).toEqual({ server: 0, database: 0 });
    });

    it('makes nothing twice and has its order after a second boot', async () => {
      await shop.start();

      expect(await shop.query(COUNTS)).toBe(counts);
      expect(
        await findOrder({
          ...shop.address,
          ...shop.admin,
          orderId: firstOrder,
        }),
      ).toBeDefined();
      await buy(shop);
      await shop.stop();
    });

    it('takes a new title, but not over one that a person chose', async () => {
      await shop.start({ STORE_NAME: 'Second title' });
      expect((await shop.get('/')).text).toContain('Second title');
      await shop.query("update store set name = 'Chosen by hand'");
      await shop.stop();

      await shop.start({ STORE_NAME: 'Third title' });
      expect((await shop.get('/')).text).toContain('Chosen by hand');
      await shop.stop();
    });

    it("takes the long way over another image's database", async () => {
      await shop.startDatabase();
      await waitFor('the database', async () =>
        shop.query('select 1').then(
          () => true,
          () => false,
        ),
      );
      const before = await shop.query(COUNTS);
      await shop.query(
        "update store_meta.kv set value = 'another' where key = 'schema'",
      );
      await shop.database?.stop();
      await shop.start();

      expect(shop.server?.output).toContain('long way');
      expect(await shop.query(MARKER)).toBe(marker);
      expect(await shop.query(COUNTS)).toBe(before);
      await buy(shop);
      await shop.stop();
    });
  });

  describe('where there should be data', () => {
    const since = { STORE_HAS_DATA_SINCE: '2026-01-01T00:00:00.000Z' };

    it('goes on with what it has', async () => {
      const shop = await createShop('kept');
      await shop.start();
      await buy(shop);
      await shop.stop();
      await shop.start(since);
      await buy(shop);
      expect(await shop.stop()).toEqual({ server: 0, database: 0 });
    });

    it('starts no database on an empty volume', async () => {
      const shop = await createShop('no-data', since);
      await shop.startDatabase();
      await waitFor('the end', async () => !shop.database?.isRunning);

      expect(shop.database?.output).toMatch(/DataLost.*2026-01-01/);
      expect(await readdir(join(folder, 'no-data/data'))).toEqual([]);
    });

    it('starts no shop on an empty database', async () => {
      const shop = await createShop('no-shop');
      await shop.startDatabase();
      await shop.startServer(since);
      await waitFor('the end', async () => !shop.server?.isRunning);

      expect(shop.server?.output).toMatch(/DataLost.*2026-01-01/);
      await shop.database?.stop();
    });

    it('starts no shop on uploads that are not its own, unless they may be new', async () => {
      const shop = await createShop('no-uploads');
      await shop.start();
      await shop.stop();
      await rm(join(folder, 'no-uploads/uploads/.store-volume'));

      await shop.startDatabase();
      await shop.startServer(since);
      await waitFor('the end', async () => !shop.server?.isRunning);
      expect(shop.server?.output).toMatch(/DataLost.*uploads/);
      await shop.database?.stop();

      await shop.start();
      await shop.stop();
      await shop.start(since);
      await buy(shop);
      await shop.stop();
    });
  });

  it('works without the templates', async () => {
    const shop = await createShop('long-way', { STORE_TEMPLATE: 'off' });
    await shop.start();

    expect(shop.database?.output).toContain('initdb');
    expect(shop.server?.output).toContain('long way');
    await buy(shop);
    expect(await shop.stop()).toEqual({ server: 0, database: 0 });
  });

  it('leaves at once when it is told to while it waits for its database', async () => {
    const shop = await createShop('early');
    await shop.startServer();
    await waitFor('the modules', async () =>
      Boolean(shop.server?.output.includes('modules loaded')),
    );

    expect(await shop.server?.stop()).toBe(143);
  });

  it('gives up at once on a wrong password', async () => {
    const shop = await createShop('refused');
    await shop.startDatabase();
    await shop.startServer({
      DATABASE_URL: shop.databaseUrl.replace(/:[^:@]*@/, ':wrong@'),
    });
    await waitFor('the end', async () => !shop.server?.isRunning);

    expect(shop.server?.output).toContain('password authentication failed');
    await shop.database?.stop();
  });

  it('starts anew where a first start was cut off', async () => {
    const shop = await createShop('cut-off');
    await shop.startDatabase();
    await waitFor('the half-made copy', async () =>
      (await readdir(join(folder, 'cut-off/data'))).includes('pgdata.new'),
    );
    await shop.kill();
    await shop.start();
    await buy(shop);

    expect(await shop.stop()).toEqual({ server: 0, database: 0 });
  });
});
