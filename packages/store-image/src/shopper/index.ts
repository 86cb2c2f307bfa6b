export { findOrder } from './findOrder';
export type { AdminOrder, FindOrderOptions } from './findOrder';
export { placeOrder } from './placeOrder';
export type { PlacedOrder, PlaceOrderOptions } from './placeOrder';
export type { ShopAddress } from './requestJson';
export { ShopRequestError } from './ShopRequestError';
