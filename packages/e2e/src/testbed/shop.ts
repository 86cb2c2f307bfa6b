import { Store } from '@storeyard/backstage-plugin-stores-common';
import { findOrder, placeOrder } from '@storeyard/store-image';
import { Testbed } from './Testbed';

interface Secret {
  metadata: { uid: string };
  data: Record<string, string>;
}

export async function readShopSecret(
  testbed: Testbed,
  store: Store,
): Promise<Secret> {
  return testbed.admin.json<Secret>([
    'get',
    'secret',
    'shop-credentials',
    '-n',
    store.namespace,
  ]);
}

const decode = (secret: Secret, key: string): string =>
  Buffer.from(secret.data[key] ?? '', 'base64').toString();

interface Deployment {
  spec: {
    template: {
      spec: {
        containers: Array<{ env: Array<{ name: string; value?: string }> }>;
      };
    };
  };
}

async function readAdminEmail(testbed: Testbed, store: Store): Promise<string> {
  const deployment = await testbed.admin.json<Deployment>([
    'get',
    'deployment',
    'medusa-api',
    '-n',
    store.namespace,
  ]);
  const email = deployment.spec.template.spec.containers
    .flatMap(container => container.env)
    .find(variable => variable.name === 'ADMIN_EMAIL')?.value;
  if (!email) {
    throw new Error(`The shop of '${store.id}' has no ADMIN_EMAIL`);
  }
  return email;
}

/** Where the shop answers: the ingress on loopback, asked for the store's host. */
export function shopAddress(testbed: Testbed, store: Store) {
  const url = new URL(store.urls.storefront);
  return {
    baseUrl: `http://127.0.0.1:${testbed.cluster.ports.ingress}`,
    host: url.host,
  };
}

/** Buys something in the store's shop through the ingress. Resolves to the order's id. */
export async function buy(testbed: Testbed, store: Store): Promise<string> {
  const secret = await readShopSecret(testbed, store);
  const order = await placeOrder({
    ...shopAddress(testbed, store),
    publishableKey: decode(secret, 'PUBLISHABLE_API_KEY'),
  });
  return order.id;
}

/** Reads an order back through the Admin API, signed in as the shop's owner. */
export async function adminSeesOrder(
  testbed: Testbed,
  store: Store,
  orderId: string,
): Promise<boolean> {
  const secret = await readShopSecret(testbed, store);
  const order = await findOrder({
    ...shopAddress(testbed, store),
    orderId,
    adminEmail: await readAdminEmail(testbed, store),
    adminPassword: decode(secret, 'ADMIN_PASSWORD'),
  });
  return order?.id === orderId;
}
