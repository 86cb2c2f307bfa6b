/**
 * The facts that a store's state is derived from.
 *
 * @public
 */
export const storeConditionTypes = [
  'NamespaceReady',
  'Applied',
  'DatabaseReady',
  'BackendReady',
  'Reachable',
  'Drifted',
] as const;

/**
 * One of the facts that a store's state is derived from.
 *
 * @public
 */
export type StoreConditionType = (typeof storeConditionTypes)[number];

/**
 * One fact about a store, as the loop last saw it.
 *
 * @public
 */
export interface StoreCondition {
  type: StoreConditionType;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  /** The generation that the fact was seen at. */
  observedGeneration: number;
  /** When `status` last changed, ISO 8601. */
  lastTransitionTime: string;
}
