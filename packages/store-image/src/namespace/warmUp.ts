import { get } from 'node:http';
import { findOrder, placeOrder } from '../shopper';
import { appDirectory, heapMegabytes, storeImageConfig } from '../storeImage';
import type { Sandbox } from './Sandbox';

const key = `pk_${'0'.repeat(64)}`;
const host = 'shop.localhost';
const admin = { email: 'owner@example.com', password: 'warm-up' };
const BOOT_MS = 120_000;

/** The environment of a shop's pod. */
export function shopEnvironment(databaseUrl: string): Record<string, string> {
  return {
    NODE_OPTIONS: `--max-old-space-size=${heapMegabytes}`,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: 'warm-up',
    COOKIE_SECRET: 'warm-up',
    COOKIE_SECURE: 'false',
    STORE_CORS: `http://${host}`,
    ADMIN_CORS: `http://${host}`,
    AUTH_CORS: `http://${host}`,
    MEDUSA_BACKEND_URL: `http://${host}`,
    STORE_NAME: 'Warm-up',
    SEED_DEMO: 'true',
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    PUBLISHABLE_API_KEY: key,
  };
}

/**
 * Boots the shop once and buys something, so that Node keeps what it compiled. It also proves the image before it is
 * written: a shop that doesn't sell fails the build.
 */
export async function warmUp(options: {
  sandbox: Sandbox;
  databaseUrl: string;
}): Promise<void> {
  const { sandbox, databaseUrl } = options;
  const [node, ...args] = storeImageConfig.Entrypoint;
  if (!node) {
    throw new Error('The image has no program to start');
  }
  // The seed of V8's hashes ends up in what it compiles, and isn't among the flags that name the cache.
  const server = sandbox.start(node, ['--random-seed=1', ...args], {
    cwd: appDirectory,
    env: shopEnvironment(databaseUrl),
  });
  const ended = server.then(
    result => result,
    error => error,
  );
  try {
    await Promise.race([
      untilStarted(),
      ended.then(() =>
        Promise.reject(new Error('The shop ended instead of starting')),
      ),
    ]);
    const shop = { baseUrl: 'http://127.0.0.1:9000', host };
    const order = await placeOrder({ ...shop, publishableKey: key });
    const found = await findOrder({
      ...shop,
      orderId: order.id,
      adminEmail: admin.email,
      adminPassword: admin.password,
    });
    if (found?.total !== order.total) {
      throw new Error(
        `The admin sees the order '${order.id}' with a total of '${found?.total}', expected '${order.total}'`,
      );
    }
    for (const path of ['/', '/storefront/shop.js', '/app', '/health']) {
      await expectOk(`http://127.0.0.1:9000${path}`);
    }
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
  const { exitCode } = await ended;
  if (exitCode !== 0) {
    throw new Error(`The shop ended with '${exitCode}' after SIGTERM`);
  }
}

/** As kubelet does: the port opens at once, and the answer comes when the shop sells. */
async function untilStarted(): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  for (;;) {
    try {
      await expectOk('http://127.0.0.1:9001/');
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}

function expectOk(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: BOOT_MS }, response => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(
              new Error(
                `'${url}' was answered with '${response.statusCode}', expected '200'`,
              ),
            ),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`'${url}' hangs`)));
    request.on('error', reject);
  });
}
