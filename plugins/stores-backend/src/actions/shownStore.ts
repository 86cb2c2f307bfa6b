import {
  storeStates,
  type Store,
} from '@storeyard/backstage-plugin-stores-common';
import type { z } from 'zod/v3';

type Zod = typeof z;

/** A store's state, in the library that Backstage describes actions by. */
export function stateSchema(zod: Zod) {
  return zod.enum(storeStates);
}

/** What actions show of a store. */
export function shownStoreSchema(zod: Zod) {
  return zod.object({
    id: zod.string(),
    name: zod.string(),
    engine: zod.string(),
    plan: zod.string(),
    owner: zod.string(),
    state: stateSchema(zod),
    reason: zod.string().optional(),
    message: zod.string().optional(),
    remedy: zod.string().optional(),
    storefront: zod.string(),
    admin: zod.string(),
    createdAt: zod.string(),
  });
}

/** A store as actions show it. */
export function shownStore(
  store: Store,
): z.output<ReturnType<typeof shownStoreSchema>> {
  const { storefront, admin } = store.urls;
  const { id, name, engine, plan, owner, state, createdAt } = store;
  const { reason, message, remedy } = store;
  return {
    id,
    name,
    engine,
    plan,
    owner,
    state,
    reason,
    message,
    remedy,
    storefront,
    admin,
    createdAt,
  };
}
