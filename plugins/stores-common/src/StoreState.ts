/**
 * Where a store is in its life.
 *
 * @public
 */
export const storeStates = [
  'REQUESTED',
  'PROVISIONING',
  'READY',
  'DEGRADED',
  'FAILED',
  'DELETING',
  'DELETED',
] as const;

/**
 * Where a store is in its life.
 *
 * @public
 */
export type StoreState = (typeof storeStates)[number];

/**
 * The state machine: which states may follow which. Nothing else writes a
 * state, so a transition that is not in here can't happen.
 *
 * @public
 */
export const storeTransitions: Record<StoreState, readonly StoreState[]> = {
  REQUESTED: ['PROVISIONING', 'DELETING'],
  PROVISIONING: ['READY', 'FAILED', 'DELETING'],
  READY: ['DEGRADED', 'PROVISIONING', 'FAILED', 'DELETING'],
  DEGRADED: ['READY', 'PROVISIONING', 'FAILED', 'DELETING'],
  FAILED: ['PROVISIONING', 'READY', 'DELETING'],
  DELETING: ['DELETED'],
  DELETED: [],
};

/**
 * Whether a store in `from` may go to `to`.
 *
 * @public
 */
export function canTransition(from: StoreState, to: StoreState): boolean {
  return storeTransitions[from].includes(to);
}

/**
 * Whether a value, from a database or a query, is the name of a state.
 *
 * @public
 */
export function isStoreState(value: unknown): value is StoreState {
  return storeStates.some(state => state === value);
}

/**
 * Whether the store counts as one that exists: everything but DELETED.
 *
 * @public
 */
export function isActiveStoreState(state: StoreState): boolean {
  return state !== 'DELETED';
}
