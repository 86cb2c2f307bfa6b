import type {
  Store,
  StoreState,
} from '@storeyard/backstage-plugin-stores-common';

const moving: readonly StoreState[] = [
  'REQUESTED',
  'PROVISIONING',
  'DEGRADED',
  'DELETING',
];

/** Whether a store is about to change by itself. */
export function isMoving({ state }: Pick<Store, 'state'>): boolean {
  return moving.includes(state);
}
