import { findOrder } from '@storeyard/store-image';
import { readFirstLogin } from '../start/readFirstLogin';
import { expectSame } from './expectations';
import type { VerifiedStore } from './VerifiedStore';

/**
 * Signs in as the shop's first administrator and looks for the order that was placed.
 *
 * @returns the administrator's address
 */
export async function adminSeesOrder(subject: VerifiedStore): Promise<string> {
  const { orderId, platform, shop, store } = subject;
  const login = await readFirstLogin({
    store,
    environment: await platform.environment(),
  });
  if (login === undefined) {
    throw new Error(`the shop '${store.id}' has no first login`);
  }
  if (orderId === undefined) {
    throw new Error('no order was placed');
  }
  const order = await findOrder({
    ...shop,
    orderId,
    adminEmail: login.email,
    adminPassword: login.password,
  });
  expectSame('the order that the admin sees', order?.id, orderId);
  return login.email;
}
