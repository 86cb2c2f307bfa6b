import { requestJson, type ShopAddress } from './requestJson';
import { ShopRequestError } from './ShopRequestError';

/** Options of {@link findOrder}. */
export interface FindOrderOptions extends ShopAddress {
  /** As {@link placeOrder} returned it. */
  orderId: string;
  adminEmail: string;
  adminPassword: string;
}

/** An order as the shop's admin sees it. */
export interface AdminOrder {
  id: string;
  displayId: number;
  email: string;
  total: number;
  currency: string;
  status: string;
}

/**
 * Signs in as the shop's admin and reads an order.
 *
 * @returns undefined when the shop has no such order
 * @throws ShopRequestError when the login is refused
 */
export async function findOrder(
  options: FindOrderOptions,
): Promise<AdminOrder | undefined> {
  const { adminEmail, adminPassword, orderId } = options;
  const { token } = await requestJson<{ token: string }>(options, {
    method: 'POST',
    path: '/auth/user/emailpass',
    body: { email: adminEmail, password: adminPassword },
  });
  try {
    const { order } = await requestJson<{
      order: {
        id: string;
        display_id: number;
        email: string;
        total: number;
        currency_code: string;
        status: string;
      };
    }>(options, {
      method: 'GET',
      path: `/admin/orders/${encodeURIComponent(
        orderId,
      )}?fields=id,display_id,email,total,currency_code,status`,
      headers: { authorization: `Bearer ${token}` },
    });
    return {
      id: order.id,
      displayId: order.display_id,
      email: order.email,
      total: order.total,
      currency: order.currency_code,
      status: order.status,
    };
  } catch (error) {
    if (error instanceof ShopRequestError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
