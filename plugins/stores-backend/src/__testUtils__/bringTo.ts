import type { StoreState } from '@storeyard/backstage-plugin-stores-common';
import {
  guardOf,
  type NewStore,
  type StorePatch,
  type StoreRecord,
} from '../database';
import { newStore, type TestDatabase } from './testDatabase';

/** The shortest way to each state. */
const ways: Record<StoreState, StoreState[]> = {
  REQUESTED: [],
  PROVISIONING: ['PROVISIONING'],
  READY: ['PROVISIONING', 'READY'],
  DEGRADED: ['PROVISIONING', 'READY', 'DEGRADED'],
  FAILED: ['PROVISIONING', 'FAILED'],
  DELETING: ['DELETING'],
  DELETED: ['DELETING', 'DELETED'],
};

/** Makes a store that is in a state, with what a test wants of it. */
export async function bringTo(
  database: TestDatabase,
  state: StoreState,
  options: { request?: Partial<NewStore>; patch?: StorePatch } = {},
): Promise<StoreRecord> {
  const { request, patch } = options;
  let { store } = await database.stores.create(
    newStore({ name: `Store ${state}`, ...request }),
  );
  for (const to of ways[state]) {
    store = await database.stores.transition({
      id: store.id,
      guard: guardOf(store),
      to,
      events: [],
    });
  }
  return patch === undefined
    ? store
    : await database.stores.patch({
        id: store.id,
        guard: guardOf(store),
        patch,
      });
}
